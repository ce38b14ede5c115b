import { DESKTOP, expect, PHONE, roomName, test } from './support/app'

for (const [device, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
  test(`two people meet and chat, at ${device} width`, async ({ signIn }) => {
    const alice = await signIn('alice', { viewport })
    const bob = await signIn('bob', { viewport, colorScheme: 'dark' })
    const name = roomName(`Garden ${device}`)
    const roomId = await alice.createRoom(name)

    // bob asks by the link; alice sees it while she looks at the room
    await bob.askToJoin(roomId)
    await expect(bob.page.getByText('Request sent')).toBeVisible()
    const members = await test.step('alice is told live', async () => {
      await expect(alice.page.getByRole('link', { name: /1 request to join/ })).toBeVisible()
      return alice.openMembers()
    })
    await members.getByRole('button', { name: 'Approve bob' }).click()

    // bob is told at once, and both talk
    await expect(bob.page).toHaveURL(`/rooms/${roomId}`)
    await expect(members.getByText('2 members')).toBeVisible()
    await expect(members.getByText('bob')).toBeVisible()
    await alice.page.goto(`/rooms/${roomId}`)
    await alice.send('Hello bob')
    await bob.sees('Hello bob')
    await bob.send('Hello alice', 'How are you?')
    await alice.sees('Hello alice')
    await alice.sees('How are you?')

    // while alice is elsewhere her unread count rises; it clears as she looks
    await alice.leaveForList()
    await expect(alice.roomLink(name)).toBeVisible()
    await expect(alice.roomLink(name)).not.toContainText('unread')
    await bob.send('One', 'Two')
    await expect(alice.roomLink(name)).toContainText('2 unread')
    await alice.roomLink(name).click()
    await alice.sees('Two')
    await alice.leaveForList()
    await expect(alice.roomLink(name)).toBeVisible()
    await expect(alice.roomLink(name)).not.toContainText('unread')
    // one's own messages are never unread
    await bob.leaveForList()
    await expect(bob.roomLink(name)).toBeVisible()
    await expect(bob.roomLink(name)).not.toContainText('unread')
  })
}

test('a declined request is told at once, and may be made again', async ({ signIn }) => {
  const alice = await signIn('alice')
  const bob = await signIn('bob')
  const roomId = await alice.createRoom(roomName('Private'))
  await bob.askToJoin(roomId)
  const members = await alice.openMembers()

  await members.getByRole('button', { name: 'Decline bob' }).click()

  await expect(bob.page.getByText('Your request was declined')).toBeVisible()
  await expect(members.getByText('Requests to join')).toHaveCount(0)
  await bob.page.getByRole('button', { name: 'Request to join' }).click()
  await expect(members.getByRole('button', { name: 'Approve bob' })).toBeVisible()
})

test('an admin promotes and removes; the removed person is out at once', async ({ signIn }) => {
  const alice = await signIn('alice')
  const bob = await signIn('bob')
  const roomId = await alice.createRoom(roomName('Club'), 'Anyone with the link')
  await bob.join(roomId)
  const members = await alice.openMembers()

  await alice.changeMember(members, 'bob', 'Make admin')
  const seenByBob = await bob.openMembers()
  await expect(seenByBob.getByRole('button', { name: 'More actions for alice' })).toBeVisible()

  await alice.changeMember(members, 'bob', 'Remove')
  await expect(bob.page).not.toHaveURL(/rooms/)
  await expect(bob.news('You’re no longer in Club')).toBeVisible()
})

test('the only admin cannot leave, others can', async ({ signIn }) => {
  const alice = await signIn('alice')
  const bob = await signIn('bob')
  const name = roomName('Quorum')
  const roomId = await alice.createRoom(name, 'Anyone with the link')
  await bob.join(roomId)

  const members = await alice.openMembers()
  await expect(members.getByRole('button', { name: 'Leave room' })).toBeDisabled()
  await expect(members.getByText('You’re the only admin.')).toBeVisible()

  const seenByBob = await bob.openMembers()
  await seenByBob.getByRole('button', { name: 'Leave room' }).click()
  await bob.page.getByRole('button', { name: 'Leave', exact: true }).click()
  await expect(bob.page).toHaveURL('/')
  await expect(bob.roomLink(name)).toHaveCount(0)
  await expect(members.getByText('1 member', { exact: true })).toBeVisible()

  // Who is left alone can leave too, and the room ends.
  await members.getByRole('button', { name: 'Leave room' }).click()
  await alice.page.getByRole('button', { name: 'Leave and close room' }).click()
  await expect(alice.page).toHaveURL('/')
  await bob.page.goto(`/join/${roomId}`)
  await expect(bob.page.getByText('This invite link isn’t valid')).toBeVisible()
})

test('a room that does not exist is explained', async ({ signIn }) => {
  const alice = await signIn('alice')
  for (const path of ['/join/no-such-room', '/rooms/garbage']) {
    await alice.page.goto(path)
    await expect(alice.page.getByText('This invite link isn’t valid')).toBeVisible()
    await expect(alice.page.getByRole('button', { name: /join/i })).toHaveCount(0)
  }
})
