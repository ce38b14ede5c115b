import type { Locator } from '@playwright/test'
import { expect, PHONE, roomName, test, type Person, type SignIn } from './support/app'

/** Two people in one room, alice being its admin; and its roomId. */
async function together(
  signIn: SignIn,
  title: string,
): Promise<{ alice: Person; bob: Person; roomId: string; name: string }> {
  const alice = await signIn('alice')
  const name = roomName(title)
  const roomId = await alice.createRoom(name, 'Anyone with the link')
  const bob = await signIn('bob')
  await bob.join(roomId)
  return { alice, bob, roomId, name }
}

async function fromMenu(person: Person, text: string, action: string): Promise<void> {
  // A quote of it may have the same text.
  await person.message(text).first().getByRole('article').click({ button: 'right' })
  await person.page.getByRole('menuitem', { name: action, exact: true }).click()
}

const field = (person: Person): Locator =>
  person.page.getByRole('textbox', { name: /^(Message |Editing message)/ })

const pinsOf = (person: Person): Locator =>
  person.page.getByRole('region', { name: 'Pinned messages' })

test('a mention: completed while typing, marked, counted until it is read', async ({ signIn }) => {
  const { alice, bob, name } = await together(signIn, 'Mentions')
  await bob.leaveForList()

  await field(alice).fill('Ask @b')
  await expect(alice.page.getByRole('option', { name: 'bob' })).toBeVisible()
  await field(alice).press('Enter')
  await expect(field(alice)).toHaveValue('Ask @bob ')
  await field(alice).pressSequentially('about it')
  await field(alice).press('Enter')

  await expect(alice.conversation.locator('.mention')).toHaveText('@bob')
  await expect(bob.roomLink(name)).toContainText('@1')
  await expect(bob.roomLink(name)).toContainText('1 mention')
  await bob.roomLink(name).click()
  await expect(bob.conversation.locator('.mention-own')).toHaveText('@bob')
  await expect(bob.roomLink(name)).not.toContainText('@1')
})

test('everybody is mentioned by admins alone', async ({ signIn }) => {
  const { alice, bob, name } = await together(signIn, 'Everybody')
  await field(bob).fill('@roo')
  await expect(bob.page.getByRole('option', { name: 'room' })).toHaveCount(0)
  await field(bob).fill('')
  await bob.leaveForList()

  await field(alice).fill('@roo')
  await expect(alice.page.getByRole('option', { name: /^room/ })).toBeVisible()
  await field(alice).press('Tab')
  await field(alice).pressSequentially('lunch!')
  await field(alice).press('Enter')

  await expect(bob.roomLink(name)).toContainText('@1')
})

test('what is deleted unread is not counted', async ({ signIn }) => {
  const { alice, bob, name } = await together(signIn, 'Deleted unread')
  await bob.leaveForList()
  await alice.send('First of two', 'Second of two')
  await expect(bob.roomLink(name)).toContainText('2 unread')

  await fromMenu(alice, 'First of two', 'Delete')
  await alice.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()

  await expect(bob.roomLink(name)).toContainText('1 unread')
  await bob.page.reload()
  await expect(bob.roomLink(name)).toContainText('1 unread')
})

test('a reply shows the original as it is now, and leads to it', async ({ signIn }) => {
  const { alice, bob } = await together(signIn, 'Replies')
  await bob.send('Where do we meet?')
  await alice.sees('Where do we meet?')

  await alice.message('Where do we meet?').hover()
  await alice.message('Where do we meet?').getByRole('button', { name: 'Reply' }).click()
  await expect(field(alice)).toBeFocused()
  await alice.send('At the station')
  const quote = (person: Person) =>
    person.message('At the station').getByRole('button', { name: /original message/ })
  for (const person of [alice, bob]) await expect(quote(person)).toContainText('Where do we meet?')

  await fromMenu(bob, 'Where do we meet?', 'Edit')
  await field(bob).fill('Where do we meet tomorrow?')
  await field(bob).press('Enter')
  await expect(quote(alice)).toContainText('Where do we meet tomorrow?')

  await bob.send(...Array.from({ length: 30 }, (_, index) => `line ${index}`))
  await alice.sees('line 29')
  await alice.page.reload()
  await alice.scrollToBeginning()
  await quote(alice).click()
  await expect(alice.message('Where do we meet tomorrow?').first()).toBeInViewport()

  await bob.scrollToBeginning()
  await fromMenu(bob, 'Where do we meet tomorrow?', 'Delete')
  await bob.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await expect(quote(alice)).toContainText('Original message deleted')
})

test('pins: put, listed, jumped to, taken off', async ({ signIn }) => {
  const { alice, bob } = await together(signIn, 'Pins')
  await alice.send('The plan')
  await bob.sees('The plan')
  await bob.page.getByRole('link', { name: 'Pinned messages' }).click()
  await expect(pinsOf(bob)).toContainText('Nothing pinned yet')

  await fromMenu(alice, 'The plan', 'Pin to room')
  await expect(bob.message('The plan').getByText('Pinned')).toBeVisible()
  await expect(pinsOf(bob)).toContainText('The plan')
  await alice.send(...Array.from({ length: 40 }, (_, index) => `line ${index}`))
  await bob.sees('line 39')
  await pinsOf(bob).getByRole('button', { name: 'Show in room' }).click()
  await expect(bob.message('The plan')).toBeInViewport()

  await pinsOf(bob).getByRole('button', { name: 'Unpin' }).click()
  await expect(pinsOf(bob)).toContainText('Nothing pinned yet')
  await expect(alice.conversation.getByText('Pinned')).toHaveCount(0)
})

test('a link to a message leads into the midst of a long history', async ({ signIn }) => {
  test.setTimeout(120_000)
  const { alice, bob } = await together(signIn, 'Links')
  await alice.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await alice.send('The first of many')
  await bob.sees('The first of many')
  await fromMenu(alice, 'The first of many', 'Copy link')
  const link = await alice.page.evaluate(() => navigator.clipboard.readText())
  expect(link).toMatch(/\/rooms\/[^/]+\/\d{13}%23/)
  for (let sent = 0; sent < 120; sent += 20) {
    await alice.send(...Array.from({ length: 20 }, (_, index) => `line ${sent + index}`))
    await expect(alice.conversation.getByText('Sending…')).toHaveCount(0, { timeout: 30_000 })
  }

  await bob.page.goto(link)
  await expect(bob.message('The first of many')).toBeInViewport()
  await bob.page.getByRole('button', { name: /Jump to latest|new message/ }).click()
  await expect(bob.message('line 119')).toBeInViewport()
})

test('earlier versions of a message can be read', async ({ signIn }) => {
  const { alice, bob } = await together(signIn, 'Versions')
  await alice.send('Meet at five')
  await alice.sees('Meet at five')
  await fromMenu(alice, 'Meet at five', 'Edit')
  await field(alice).fill('Meet at six')
  await field(alice).press('Enter')
  await bob.sees('Meet at six')

  await bob.message('Meet at six').getByRole('button', { name: '(edited)' }).click()
  await expect(bob.page.getByRole('dialog', { name: 'Earlier versions' })).toContainText(
    'Meet at five',
  )
})

test('levels and mutes hold on every device', async ({ signIn }) => {
  const { alice, bob, name } = await together(signIn, 'Levels')
  const phone = await signIn('bob', { viewport: PHONE, touch: true })
  const details = await bob.openMembers()

  await details.getByLabel('Notify me about').selectOption('Mentions only')
  await details.getByLabel('Mute room').selectOption('Until I unmute it')
  await expect(phone.roomLink(name)).toContainText('muted')
  await bob.leaveForList()
  await alice.send('Nothing urgent')
  await expect(phone.roomLink(name).locator('.badge-quiet')).toContainText('1')

  await bob.page.reload()
  await bob.roomLink(name).click()
  const again = await bob.openMembers()
  await expect(again.getByLabel('Notify me about')).toHaveValue('mentions')
  await again.getByLabel('Mute room').selectOption('Not muted')
  await expect(phone.roomLink(name)).not.toContainText('muted')
})

test('activity lists mentions of oneself and reactions to one’s messages', async ({ signIn }) => {
  const { alice, bob, name } = await together(signIn, 'Activity')
  await bob.send('We have shipped')
  await alice.sees('We have shipped')
  await bob.page.goto('/')
  await expect(bob.roomLink(name)).toBeVisible()
  // Other tests of this worker may have mentioned bob elsewhere.
  const link = bob.page.getByRole('link', { name: /^Activity(, \d+ unread mentions?)?$/ })
  const before = Number(/\d+/.exec((await link.getAttribute('aria-label')) ?? '')?.[0] ?? 0)
  await link.click()

  await alice.message('We have shipped').hover()
  await alice.message('We have shipped').getByRole('button', { name: 'Add reaction' }).click()
  await alice.page.getByRole('combobox', { name: 'Search emoji' }).fill('tada')
  await alice.page.getByRole('option').first().click()
  await expect(alice.conversation.getByRole('button', { name: /^🎉, 1 reaction/ })).toBeVisible()
  await field(alice).fill('Thanks @b')
  // The list of names comes once the members are loaded; before that Enter would send the text as it stands.
  await expect(alice.page.getByRole('option', { name: 'bob' })).toBeVisible()
  await field(alice).press('Enter')
  await expect(field(alice)).toHaveValue('Thanks @bob ')
  await field(alice).press('Enter')

  const items = bob.page.getByRole('main').getByRole('listitem')
  await expect(items.nth(0)).toContainText(`alice mentioned you in ${name}`)
  await expect(items.nth(1)).toContainText(`alice reacted 🎉 in ${name}`)
  await expect(link).toHaveAccessibleName(new RegExp(`^Activity, ${before + 1} unread mention`))
  await items.nth(1).getByRole('link').click()
  await expect(bob.message('We have shipped')).toBeInViewport()
})
