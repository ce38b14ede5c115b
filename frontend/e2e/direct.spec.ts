import { expect, roomName, test, type Person } from './support/app'

const inList = (person: Person) =>
  person.page.getByRole('navigation', { name: 'Rooms' }).getByRole('list', {
    name: 'Direct messages',
  })

/** People who share an open room. */
async function meet(host: Person, ...others: Person[]): Promise<void> {
  const roomId = await host.createRoom(roomName('Meeting'), 'Anyone with the link')
  for (const other of others) {
    await other.join(roomId)
    await other.send(`${other.name} is here`)
    await host.sees(`${other.name} is here`)
  }
}

test('somebody writes to a person from their card, and hides it until the answer', async ({
  signIn,
}) => {
  const alice = await signIn('alice')
  const bob = await signIn('bob')
  await meet(alice, bob)

  await alice.conversation.getByText('bob', { exact: true }).last().click()
  await alice.page.getByRole('button', { name: 'Message', exact: true }).click()
  await expect(alice.page.getByRole('heading', { name: 'bob', exact: true })).toBeVisible()
  await expect(inList(bob)).toHaveCount(0)

  await alice.send('Just the two of us')
  await expect(inList(bob).getByRole('link', { name: /alice/ })).toContainText('1 unread')
  await inList(bob).getByRole('link', { name: /alice/ }).click()
  await bob.sees('Just the two of us')

  await bob.page.getByRole('link', { name: 'Conversation details' }).click()
  const details = bob.page.getByRole('region', { name: 'Conversation details' })
  await expect(details).toContainText('2 members')
  await expect(details.getByRole('button', { name: 'Leave room' })).toHaveCount(0)
  await details.getByRole('button', { name: 'Hide conversation' }).click()
  await expect(inList(bob)).toHaveCount(0)

  await alice.send('Are you there?')
  await expect(inList(bob).getByRole('link', { name: /alice/ })).toContainText('1 unread')
})

test('a person is found by name, and so are their conversations', async ({ signIn }) => {
  const alice = await signIn('alice')
  const carol = await signIn('carol')
  await meet(alice, carol)
  await alice.page.reload() // nothing is known of the members yet
  await expect(alice.history).toBeVisible()

  await alice.page.keyboard.press('Control+k')
  const switcher = alice.page.getByRole('dialog', { name: 'Jump to room' })
  await switcher.getByRole('combobox').fill('caro')
  await switcher.getByRole('option', { name: 'carol Message' }).click()
  await expect(alice.page.getByRole('heading', { name: 'carol', exact: true })).toBeVisible()
  await alice.send('Hello carol')
  await expect(inList(carol).getByRole('link', { name: /alice/ })).toBeVisible()

  await alice.page.keyboard.press('Control+k')
  await switcher.getByRole('combobox').fill('carol')
  await expect(switcher.getByRole('option', { name: /^carol/ })).toHaveCount(1)
})

test('several people are chosen by the keyboard, and get one conversation', async ({ signIn }) => {
  const alice = await signIn('alice')
  const bob = await signIn('bob')
  const carol = await signIn('carol')
  await meet(alice, bob, carol)

  await alice.page.getByRole('link', { name: 'New message' }).click()
  const dialog = alice.page.getByRole('dialog', { name: 'New message' })
  const search = dialog.getByRole('searchbox', { name: 'Search people' })
  for (const name of ['bob', 'carol']) {
    await search.fill(name)
    await expect(dialog.getByRole('button', { name, exact: true })).toBeVisible()
    await search.press('Enter')
    await expect(dialog.getByRole('button', { name: `Remove ${name}` })).toBeVisible()
  }
  await search.press('Enter')
  await expect(alice.page.getByRole('heading', { name: 'bob, carol' })).toBeVisible()
  await alice.send('The three of us')

  for (const [person, name] of [
    [bob, 'alice, carol'],
    [carol, 'alice, bob'],
  ] as const) {
    await inList(person).getByRole('link', { name }).click()
    await person.sees('The three of us')
  }
  await carol.send('Found you')
  await alice.sees('Found you')
})

test('a note to oneself', async ({ signIn }) => {
  const alice = await signIn('alice')
  await alice.createRoom(roomName('Notes'))
  await alice.send('Something')
  await alice.sees('Something')

  await alice.conversation.getByText('alice', { exact: true }).last().click()
  await alice.page.getByRole('button', { name: 'Write a note to yourself' }).click()
  await expect(alice.page.getByRole('heading', { name: 'alice', exact: true })).toBeVisible()
  await alice.send('Buy milk')

  await alice.sees('Buy milk')
  await expect(inList(alice).getByRole('link', { name: /alice \(you\)/ })).toBeVisible()
})

test('one sees who is writing, until the message is there', async ({ signIn }) => {
  const alice = await signIn('alice')
  const bob = await signIn('bob')
  await meet(alice, bob)
  const line = alice.page.getByTestId('typing')
  const before = await line.boundingBox()

  const composer = bob.page.getByRole('textbox', { name: /^Message / })
  await composer.pressSequentially('I am still thinking', { delay: 100 })
  await expect(line).toHaveText('bob is typing…')
  expect(await line.boundingBox()).toEqual(before)
  await expect(bob.page.getByTestId('typing')).toHaveText('')

  await composer.press('Enter')
  await alice.sees('I am still thinking')
  await expect(line).toHaveText('')
})
