import { expect, roomName, test, type Page, type Person } from './support/app'

/** What a page says of everything that events change: rooms and unread counts, the conversation, the members. */
async function shown(page: Page): Promise<Record<string, string>> {
  const parts = {
    title: page.title(),
    rooms: page.getByRole('navigation', { name: 'Rooms' }).ariaSnapshot(),
    address: Promise.resolve(new URL(page.url()).pathname),
    conversation: snapshotOf(page, page.getByRole('list', { name: /^Messages in / })),
    members: snapshotOf(page, page.getByRole('region', { name: 'Room details', exact: true })),
  }
  const told = await Promise.all(Object.values(parts))
  return Object.fromEntries(Object.keys(parts).map((name, at) => [name, told[at] ?? '']))
}

async function snapshotOf(page: Page, part: ReturnType<Page['locator']>): Promise<string> {
  if ((await part.count()) !== 1) return 'not there'
  // Where one had read to when one came is each visit's own.
  return (await part.ariaSnapshot()).replace(/^ *- text: New messages\n/gm, '')
}

/** After what has just happened, a page that has lived through it shows what one does that was opened only now. */
async function sameAsFresh(person: Person, after: string): Promise<void> {
  await test.step(`${person.name}, after ${after}`, async () => {
    const fresh = await person.context.newPage()
    // Opened anew if need be: what is read here is known elsewhere a moment later.
    await expect(async () => {
      await fresh.goto(person.page.url())
      await expect(async () => {
        expect(await shown(person.page), after).toEqual(await shown(fresh))
      }).toPass({ timeout: 5_000 })
    }).toPass({ timeout: 30_000 })
    await fresh.close()
  })
}

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
