import type { Locator, Page } from '@playwright/test'
import { DESKTOP, expect, PHONE, roomName, test } from './support/app'

/** As a language that is read from right to left would have it; the words stay English. */
async function mirror(page: Page): Promise<void> {
  await page.addInitScript(() =>
    new MutationObserver(() => {
      const { documentElement } = document
      if (documentElement && documentElement.dir !== 'rtl') documentElement.dir = 'rtl'
    }).observe(document, { childList: true }),
  )
  await page.reload()
}

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
const startOf = async (target: Locator) => (await target.boundingBox())?.x ?? NaN

for (const [device, look] of Object.entries({
  desktop: { viewport: DESKTOP },
  phone: { viewport: PHONE, touch: true },
})) {
  test(`read from right to left, everything is mirrored and fits, at ${device} width`, async ({
    signIn,
  }) => {
    const alice = await signIn('alice', look)
    const bob = await signIn('bob')
    const { page } = alice
    await mirror(page)
    const roomId = await alice.createRoom(roomName(`Mirror ${device}`), 'Anyone with the link')
    await bob.join(roomId)
    await bob.send(
      'Good morning',
      'שלום, מה שלומך?',
      `> quoted\n\n- ${'long '.repeat(60)}`,
      '```\nx = 1\n```',
    )
    await bob.sees('Good morning')
    await alice.send('Good morning, too')
    await expect(alice.message('Good morning, too')).toBeVisible()

    const composer = page.getByRole('textbox', { name: /^Message / })
    expect(await startOf(page.getByRole('button', { name: 'Send' }))).toBeLessThan(
      await startOf(composer),
    )
    expect(await overflow(page)).toBe(0)
    await page.screenshot({ path: `test-results/right-to-left/${device}-chat.png` })

    await page.getByRole('button', { name: 'Add emoji' }).click()
    await expect(page.getByPlaceholder(/emoji/)).toBeVisible()
    await page.keyboard.press('ArrowLeft')
    await expect(page.locator('[role=option][aria-selected=true]')).not.toHaveAttribute('id', /-0$/)
    expect(await overflow(page)).toBe(0)
    await page.keyboard.press('Escape')

    const members = await alice.openMembers()
    await members.getByRole('button', { name: 'More actions for bob' }).click()
    const menu = page.getByRole('menu')
    await expect(menu).toHaveAttribute('dir', 'rtl')
    expect(await startOf(menu.locator('svg').first())).toBeGreaterThan((await startOf(menu)) + 100)
    expect(await overflow(page)).toBe(0)
    await page.screenshot({ path: `test-results/right-to-left/${device}-members.png` })
    await page.keyboard.press('Escape')

    if (device === 'desktop') {
      expect(await startOf(alice.roomLink('Mirror').first())).toBeGreaterThan(
        await startOf(composer),
      )
      expect(await startOf(members)).toBe(0)
    }
    await page.goto('/settings')
    await expect(page.getByRole('button', { name: 'Set up' })).toBeVisible()
    expect(await overflow(page)).toBe(0)
    await page.screenshot({ path: `test-results/right-to-left/${device}-settings.png` })
  })
}
