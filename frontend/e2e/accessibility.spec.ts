import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './app'
import { everyScreen, LOOKS } from './everyScreen'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

for (const [name, look] of Object.entries(LOOKS)) {
  test(`every screen in ${name} is accessible, and fits its width`, async ({ signIn, visit }) => {
    test.setTimeout(240_000)
    await everyScreen(look, { signIn, visit }, async ({ page }, screen) => {
      // What appears is judged when it has appeared: half-transparent text has half the contrast.
      await page.evaluate(() =>
        Promise.all(
          document.getAnimations().map(({ finished }) => finished.catch(() => undefined)),
        ),
      )
      const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze()
      const found = violations.flatMap(({ id, nodes }) =>
        nodes
          // A menu belongs to its button; where it stands in the document is nobody's concern.
          .filter(({ html }) => !(id === 'region' && html.includes('popper')))
          .map(({ target, any }) => `${id}: ${target.join(' ')} ${any[0]?.message ?? ''}`),
      )
      expect.soft(found, screen).toEqual([])
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect.soft(overflow, `${screen} is wider than the window`).toBeLessThanOrEqual(0)
    })
  })
}
