import { expect, roomName, test, type Person, type SignIn } from './support/app'

async function together(signIn: SignIn, topic: string) {
  const alice = await signIn('alice')
  const bob = await signIn('bob')
  const name = roomName(topic)
  const roomId = await alice.createRoom(name, 'Anyone with the link')
  await bob.join(roomId)
  return { alice, bob, name }
}

/** Opens the settings of the room that is open. */
async function settings(person: Person) {
  const details = await person.openMembers()
  await details.getByRole('button', { name: 'Room settings' }).click()
  return person.page.getByRole('dialog', { name: 'Room settings' })
}

test('a room gets a topic, and its rules say who writes', async ({ signIn }) => {
  const { alice, bob, name } = await together(signIn, 'Rules')

  const dialog = await settings(alice)
  await dialog.getByLabel('Room name').fill(`${name} new`)
  await dialog.getByRole('textbox', { name: 'Topic' }).fill('What we plan')
  await dialog.getByLabel('Description').fill('All of it')
  await dialog.getByLabel('Write messages').selectOption('Moderators')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toHaveCount(0)

  await expect(bob.page.getByRole('heading', { name: `${name} new` })).toBeVisible()
  await expect(bob.page.getByText('What we plan')).toBeVisible()
  await expect(bob.page.getByText('Only moderators and admins can write here.')).toBeVisible()
  await expect(bob.page.getByRole('textbox', { name: /^Message/ })).toHaveCount(0)

  const members = alice.page.getByRole('region', { name: 'Room details', exact: true })
  await alice.changeMember(members, 'bob', 'Make moderator')
  await bob.send('Now I may')
  await alice.sees('Now I may')
  const details = await bob.openMembers()
  await expect(details).toContainText('All of it')
  await expect(details.getByText('Moderator', { exact: true })).toBeVisible()
  await expect(details.getByRole('button', { name: 'Room settings' })).toHaveCount(0)

  await bob.message('Now I may').getByRole('article').click({ button: 'right' })
  await expect(bob.page.getByRole('menuitem', { name: 'Pin to room' })).toBeVisible()
  await bob.page.keyboard.press('Escape')
})

test('an archived room can be read, and is opened again', async ({ signIn }) => {
  const { alice, bob, name } = await together(signIn, 'Archive')
  await bob.send('Before')
  await alice.sees('Before')

  const details = await alice.openMembers()
  await details.getByRole('button', { name: 'Archive room' }).click()
  await alice.page.getByRole('alertdialog').getByRole('button', { name: 'Archive room' }).click()

  await expect(bob.page.getByText('This room is archived. Nobody can write here.')).toBeVisible()
  await bob.sees('Before')
  await expect(bob.roomLink(name)).not.toBeVisible()
  await bob.page.getByText('Archived', { exact: true }).click()
  await expect(bob.roomLink(name)).toBeVisible()

  await details.getByRole('button', { name: 'Reopen room' }).click()
  await bob.send('After')
  await alice.sees('After')
})
