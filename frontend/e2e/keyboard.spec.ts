import { expect, PHONE, roomName, test } from './support/app'

test('rooms are made, found and walked through without a mouse', async ({ signIn }) => {
  const alice = await signIn('alice')
  const { page } = alice
  const keys = page.keyboard
  const [red, blue] = [roomName('Red'), roomName('Blue')]
  const composerOf = (name: string) => page.getByRole('textbox', { name: `Message ${name}` })

  // by the quick switcher to the dialog, and by Enter into the room
  await keys.press('Control+k')
  await keys.type('nothing is called so')
  await expect(page.getByText('No matching rooms')).toBeVisible()
  await keys.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Create a room' })).toBeVisible()
  await keys.type(red)
  await keys.press('Enter')
  await expect(composerOf(red)).toBeFocused()
  await alice.createRoom(blue)
  await expect(composerOf(blue)).toBeFocused()

  await keys.press('Control+k')
  await keys.type(red.toLowerCase())
  await keys.press('Enter')
  await expect(composerOf(red)).toBeFocused()
  await keys.type('Typed at once')
  await keys.press('Enter')
  await alice.sees('Typed at once')

  // red is the latest now, blue the one after it
  await keys.press('Alt+ArrowDown')
  await expect(composerOf(red)).toHaveCount(0)
  await keys.press('Alt+ArrowUp')
  await expect(composerOf(red)).toBeFocused()

  // members, and back
  await keys.press('Control+.')
  await expect(page.getByRole('region', { name: 'Room details', exact: true })).toBeVisible()
  await keys.press('Control+.')
  await expect(page.getByRole('region', { name: 'Room details', exact: true })).toHaveCount(0)

  // the list of keys, outside of fields only
  await composerOf(red).focus()
  await keys.type('?')
  await expect(composerOf(red)).toHaveValue('?')
  await page.getByRole('region', { name: 'Messages' }).focus()
  await keys.type('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await keys.press('Escape')
  await expect(page.getByRole('region', { name: 'Messages' })).toBeFocused()
  await keys.type('a')
  await expect(composerOf(red)).toHaveValue('?a')
})

test('a member is made an admin by keyboard, and the focus comes back', async ({ signIn }) => {
  const alice = await signIn('alice')
  const bob = await signIn('bob')
  const roomId = await alice.createRoom(roomName('Keys'), 'Anyone with the link')
  await bob.join(roomId)
  const members = await alice.openMembers()
  const change = members.getByRole('button', { name: 'More actions for bob' })
  await change.focus()

  await alice.page.keyboard.press('Enter')
  await expect(alice.page.getByRole('menuitem', { name: 'Make admin' })).toBeFocused()
  await alice.page.keyboard.press('Enter')
  const dialog = alice.page.getByRole('alertdialog', { name: 'Make bob an admin?' })
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await alice.page.keyboard.press('Tab')
  await alice.page.keyboard.press('Enter')

  await expect(dialog).toHaveCount(0)
  await expect(members.getByText('Admin', { exact: true })).toHaveCount(2)
  await expect(change).toBeFocused()
})

test('the first Tab leads past the list of rooms', async ({ signIn }) => {
  const alice = await signIn('alice')
  await alice.page.goto('/')
  await expect(alice.page.getByRole('heading', { name: 'Rooms', exact: true })).toBeVisible()
  await alice.page.keyboard.press('Tab')
  await expect(alice.page.getByRole('link', { name: 'Skip to messages' })).toBeFocused()
})

test('what others write is spoken; one’s own and the history are not', async ({ signIn }) => {
  const alice = await signIn('alice')
  const bob = await signIn('bob')
  const roomId = await alice.createRoom(roomName('Spoken'), 'Anyone with the link')
  await alice.send('Long ago')
  await bob.join(roomId)
  await bob.sees('Long ago')
  const spoken = bob.page.locator('main [aria-live="polite"]').last()
  await expect(spoken).toHaveText('')

  await alice.send('**Hello** bob')
  await expect(spoken).toHaveText('alice: Hello bob')
})

test('on a phone the way back leads through the panes', async ({ signIn }) => {
  const alice = await signIn('alice', { viewport: PHONE })
  const name = roomName('Panes')
  await alice.createRoom(name)
  await alice.page.goto('/')
  await alice.roomLink(name).click()
  await alice.openMembers()

  await alice.page.goBack()
  await expect(alice.page.getByRole('textbox', { name: /^Message / })).toBeVisible()
  await alice.openMembers()
  await alice.page.getByRole('link', { name: 'Back' }).last().click()
  await expect(alice.page.getByRole('textbox', { name: /^Message / })).toBeVisible()
  await alice.page.getByRole('link', { name: 'Back' }).click()
  await expect(alice.page).toHaveURL('/')
  await expect(alice.roomLink(name)).toBeVisible()
})

test('a muted room is quiet, here and after a reload', async ({ signIn }) => {
  const alice = await signIn('alice')
  const bob = await signIn('bob')
  const name = roomName('Quiet')
  const roomId = await alice.createRoom(name, 'Anyone with the link')
  await bob.join(roomId)
  const members = await bob.openMembers()
  await members.getByLabel('Mute room').selectOption('Until I unmute it')
  await expect(bob.roomLink(name)).toContainText('muted')
  await bob.leaveForList()
  await expect(bob.roomLink(name)).toContainText('muted')
  // Other tests of this worker may have left something unread elsewhere.
  const quiet = await bob.page.title()
  await alice.send('Psst')

  await expect(bob.roomLink(name)).toContainText('1 unread')
  await expect(bob.page).toHaveTitle(quiet)
})
