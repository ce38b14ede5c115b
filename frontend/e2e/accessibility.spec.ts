import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './support/app'
import { everyScreen, LOOKS } from './support/everyScreen'
import { speak } from './support/language'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** The picker's two thousand emoji but for the first group: they take axe longer than all other screens. */
const MANY_ALIKE = '[role="listbox"] > [role="group"]:nth-of-type(n + 2)'

for (const [name, look] of Object.entries(LOOKS)) {
  test(`every screen in ${name} is accessible, and fits its width, in both languages`, async ({
    signIn,
    visit,
  }) => {
    test.setTimeout(360_000)
    await everyScreen(look, { signIn, visit }, async ({ page }, screen) => {
      await judge(page, `${screen} in English`)
      await speak(page, 'de')
      await judge(page, `${screen} in German`)
      await speak(page, 'en')
    })
  })
}

async function judge(page: Page, screen: string): Promise<void> {
  // What appears is judged when it has appeared: half-transparent text has half the contrast.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => undefined))),
  )
  const { violations } = await new AxeBuilder({ page })
    .withTags(RULES)
    .exclude(MANY_ALIKE)
    .analyze()
  const found = violations.flatMap(({ id, nodes }) =>
    nodes
      // A menu belongs to its button; where it stands in the document is nobody's concern.
      .filter(({ html }) => !(id === 'region' && html.includes('popper')))
      .map(({ target, any }) => `${id}: ${target.join(' ')} ${any[0]?.message ?? ''}`),
  )
  expect.soft(found, screen).toEqual([])
  expect.soft(await tooSmall(page), `${screen} has targets that are too small`).toEqual([])
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect.soft(overflow, `${screen} is wider than the window`).toBeLessThanOrEqual(0)
}

/** What is pressed and has less than 24 px either way (WCAG 2.2, 2.5.8); links within a sentence may, and what hides. */
function tooSmall(page: Page): Promise<string[]> {
  return page
    .locator(
      'button, a[href], input, textarea, [role="menuitem"], [role="option"], [role="switch"]',
    )
    .evaluateAll((targets) =>
      targets
        .map((target) => ({
          target,
          box: (target.closest('label') ?? target).getBoundingClientRect(),
        }))
        .filter(({ target, box }) => {
          const isShown = target.checkVisibility({ visibilityProperty: true }) && box.width > 2
          const isInText = getComputedStyle(target).display === 'inline'
          return isShown && !isInText && Math.min(box.width, box.height) < 24
        })
        .map(({ target, box }) => `${target.outerHTML.slice(0, 80)} ${box.width}x${box.height}`),
    )
}
