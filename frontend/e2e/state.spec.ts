import { expect, roomName, test } from './support/app'
import { sameAsFresh } from './support/mirror'

test('after every event the app shows what a fresh page shows', async ({ signIn }) => {
  test.setTimeout(240_000)
  const [alice, bob, carol] = [await signIn('alice'), await signIn('bob'), await signIn('carol')]
  const everyone = [alice, bob, carol]
  const name = roomName('Mirror')
  const roomId = await alice.createRoom(name)
  const members = await alice.openMembers()
  const check = async (after: string): Promise<void> => {
    for (const person of everyone) await sameAsFresh(person, after)
  }

  await bob.askToJoin(roomId)
  await expect(members.getByRole('button', { name: 'Approve bob' })).toBeVisible()
  await check('bob has asked')

  await members.getByRole('button', { name: 'Decline bob' }).click()
  await expect(bob.page.getByText('Your request was declined')).toBeVisible()
  await check('bob was declined')

  await bob.page.getByRole('button', { name: 'Request to join' }).click()
  await members.getByRole('button', { name: 'Approve bob' }).click()
  await expect(bob.page).toHaveURL(`/rooms/${roomId}`)
  await check('bob was approved')

  await bob.send('Hello', 'from me')
  await alice.sees('from me')
  await check('messages')

  await bob.leaveForList()
  await expect(bob.roomLink(name)).toBeVisible()
  await alice.send('Are you gone?')
  await expect(bob.roomLink(name)).toContainText('1 unread')
  await check('a message that bob has not read')

  await bob.roomLink(name).click()
  await bob.sees('Are you gone?')
  await check('bob has read it')

  await alice.changeMember(members, 'bob', 'Make admin')
  const seenByBob = await bob.openMembers()
  await expect(seenByBob.getByRole('button', { name: 'More actions for alice' })).toBeVisible()
  await check('bob became an admin')

  await carol.askToJoin(roomId)
  await seenByBob.getByRole('button', { name: 'Approve carol' }).click()
  await expect(carol.page).toHaveURL(`/rooms/${roomId}`)
  await check('carol was approved by bob')

  await bob.changeMember(seenByBob, 'carol', 'Remove')
  await expect(carol.page).not.toHaveURL(/rooms/)
  await check('carol was removed')

  await alice.changeMember(members, 'bob', 'Ban')
  await expect(bob.page).not.toHaveURL(/rooms/)
  await check('bob was banned')
})
