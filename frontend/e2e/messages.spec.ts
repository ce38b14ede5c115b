import { DESKTOP, expect, PHONE, roomName, test } from './support/app'

for (const [device, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
  test(`what is meant to do harm is shown and does none, at ${device} width`, async ({
    signIn,
  }) => {
    const alice = await signIn('alice', { viewport })
    const bob = await signIn('bob', { viewport })
    const roomId = await alice.createRoom(roomName(`Harm ${device}`), 'Anyone with the link')
    await bob.join(roomId)
    const dialogs: string[] = []
    for (const { page } of [alice, bob]) {
      page.on('dialog', (dialog) => {
        dialogs.push(dialog.message())
        void dialog.dismiss()
      })
    }
    const harmful = [
      '<script>alert(1)</script>',
      '<img src=x onerror=alert(1)> <svg/onload=alert(1)>',
      '[click](javascript:alert(1)) [me](data:text/html,<script>alert(1)</script>)',
    ]
    await alice.send(...harmful)
    await alice.send('invoice\u202Egpj.exe', 'x'.repeat(8_192), '😀'.repeat(200), '> '.repeat(500))
    await alice.send('The end')
    await bob.sees('The end')

    for (const { page, history } of [alice, bob]) {
      await history.evaluate((element) => element.scrollTo({ top: 0 }))
      await expect(page.getByText(harmful[0] ?? '', { exact: true })).toBeVisible()
      await expect(page.getByText('invoicegpj.exe', { exact: true })).toBeVisible()
      await expect(
        page.locator('main script, main img, main a[href]:not([href^="/"])'),
      ).toHaveCount(0)
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
      expect(await history.evaluate((list) => list.scrollWidth - list.clientWidth)).toBe(0)
    }
    expect(dialogs).toEqual([])
  })
}

test('Markdown is shown, and links open elsewhere', async ({ signIn }) => {
  const alice = await signIn('alice')
  await alice.createRoom(roomName('Marks'))
  await alice.send('**bold** and `code`, see https://example.org/a', '```js\nconst a = 1\n```')

  const link = alice.conversation.getByRole('link', { name: 'https://example.org/a' })
  await expect(link).toHaveAttribute('target', '_blank')
  await expect(link).toHaveAttribute('rel', /noopener/)
  await expect(alice.conversation.locator('strong')).toHaveText('bold')
  await expect(alice.conversation.locator('pre .hljs-keyword')).toHaveText('const')
})

test('a draft is kept per room and over a reload; lines stay lines', async ({ signIn }) => {
  const alice = await signIn('alice')
  const [first, second] = [roomName('First'), roomName('Second')]
  await alice.createRoom(first)
  await alice.createRoom(second)
  const composer = alice.page.getByRole('textbox', { name: /^Message / })
  await composer.fill('One\nTwo\n  three')

  await alice.roomLink(first).click()
  await expect(composer).toHaveValue('')
  await alice.roomLink(second).click()
  await expect(composer).toHaveValue('One\nTwo\n  three')
  await alice.page.reload()
  await expect(composer).toHaveValue('One\nTwo\n  three')

  await composer.press('Enter')
  await expect(composer).toHaveValue('')
  await expect(alice.conversation.locator('p')).toHaveText('One\nTwo\n  three', {
    useInnerText: true,
  })
})

test('emoji by shortcode, by suggestion and from the picker, all by keyboard', async ({
  signIn,
}) => {
  const alice = await signIn('alice')
  await alice.createRoom(roomName('Emoji'))
  const composer = alice.page.getByRole('textbox', { name: /^Message / })
  await composer.focus()

  await alice.page.keyboard.type('Done :tada: ')
  await expect(composer).toHaveValue('Done 🎉 ')
  await alice.page.keyboard.type(':rocke')
  await expect(alice.page.getByRole('option', { name: ':rocket:' })).toBeVisible()
  await alice.page.keyboard.press('Tab')
  await expect(composer).toHaveValue('Done 🎉 🚀 ')
  await alice.page.keyboard.press('Tab')
  await alice.page.keyboard.press('Enter')
  await expect(alice.page.getByRole('combobox', { name: 'Search emoji' })).toBeFocused()
  await alice.page.keyboard.type('thumbs up')
  await expect(alice.page.getByRole('option', { name: 'thumbs up' }).first()).toBeVisible()
  await alice.page.keyboard.press('Enter')
  await expect(composer).toBeFocused()
  await expect(composer).toHaveValue('Done 🎉 🚀 👍')
  await alice.page.keyboard.press('Enter')
  await alice.sees('Done 🎉 🚀 👍')
})

test('undo takes back a suggestion, a shortcode and the picker, and then what was typed before', async ({
  signIn,
}) => {
  const alice = await signIn('alice')
  await alice.createRoom(roomName('Undo'))
  const { keyboard } = alice.page
  const composer = alice.page.getByRole('textbox', { name: /^Message / })
  await composer.focus()
  const undoUntil = (text: string) =>
    expect(async () => {
      await keyboard.press('Control+z')
      expect(await composer.inputValue()).toBe(text)
    }).toPass({ intervals: [50] })

  await keyboard.type('hello :smil')
  await expect(alice.page.getByRole('listbox')).toBeVisible()
  await keyboard.press('Enter')
  await expect(composer).toHaveValue(/^hello \p{Emoji}+ $/u)
  await undoUntil('hello :smil')
  await undoUntil('')

  await keyboard.type('Done :tada:')
  await expect(composer).toHaveValue('Done 🎉')
  await undoUntil('')

  await keyboard.type('Picked ')
  await alice.page.getByRole('button', { name: 'Emoji' }).click()
  await expect(alice.page.getByRole('combobox', { name: 'Search emoji' })).toBeFocused()
  await keyboard.type('rocket')
  await keyboard.press('Enter')
  await expect(composer).toHaveValue('Picked 🚀')
  await undoUntil('Picked ')
})
