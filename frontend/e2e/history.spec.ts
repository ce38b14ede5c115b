import { expect, roomName, SETTLING_MS, test, type Person } from './support/app'

const lines = (count: number) => Array.from({ length: count }, (_, index) => `Line ${index + 1}`)

async function scrollTo(person: Person, top: number): Promise<void> {
  await person.history.evaluate((element, to) => element.scrollTo({ top: to }), top)
}

async function settleAt(person: Person, top: number): Promise<void> {
  await expect(async () => {
    await scrollTo(person, top)
    await person.page.waitForTimeout(SETTLING_MS)
    expect(await person.history.evaluate((element) => element.scrollTop)).toBe(top)
  }).toPass()
}

/** Commands with such a part wait, on connections that are opened from now on, until what is returned is called. */
async function hold(person: Person, part: string): Promise<() => void> {
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => (release = resolve))
  await person.page.routeWebSocket(/^ws/, (socket) => {
    const server = socket.connectToServer()
    socket.onMessage(async (frame) => {
      if (String(frame).includes(part)) await held
      server.send(frame)
    })
  })
  return release
}

const topOf = (person: Person, text: string) =>
  person.message(text).evaluate((item) => item.getBoundingClientRect().top)

test('a long history loads upward, in order, each message once', async ({ signIn }) => {
  const alice = await signIn('alice')
  const bob = await signIn('bob')
  const roomId = await alice.createRoom(roomName('Long'), 'Anyone with the link')
  await alice.send(...lines(130))
  await alice.sees('Line 130')
  await bob.join(roomId)
  await bob.sees('Line 130')

  expect(await bob.readAll()).toEqual(lines(130))
  // Only what is in view is in the page, and it tells where it stands in the whole.
  expect(await bob.conversation.getByRole('listitem').count()).toBeLessThan(100)
  await expect(bob.message('Line 130')).toHaveAttribute('aria-posinset', '130')
  await expect(bob.message('Line 130')).toHaveAttribute('aria-setsize', '130')
})

test('what was in view stays in view as earlier messages come in', async ({ signIn }) => {
  const alice = await signIn('alice')
  await alice.createRoom(roomName('Still'), 'Anyone with the link')
  await alice.send(...lines(120))
  await alice.sees('Line 120')
  const answer = await hold(alice, '"before"')
  await alice.page.reload()
  await alice.sees('Line 120')
  await settleAt(alice, 400)
  const before = await topOf(alice, 'Line 90')

  answer()
  await expect(alice.history.getByText('Load earlier messages')).toHaveCount(0)
  await expect.poll(() => alice.history.evaluate((list) => list.scrollTop)).toBeGreaterThan(600)

  expect(Math.abs((await topOf(alice, 'Line 90')) - before)).toBeLessThan(3)
})

test('away from the end, what is new is counted, and one jump leads there', async ({ signIn }) => {
  const alice = await signIn('alice')
  const bob = await signIn('bob')
  const name = roomName('Jump')
  const roomId = await alice.createRoom(name, 'Anyone with the link')
  await alice.send(...lines(60))
  await bob.join(roomId)
  await bob.sees('Line 60')
  await expect(async () => {
    await scrollTo(bob, 0)
    await bob.page.waitForTimeout(SETTLING_MS)
    const jump = bob.page.getByRole('button', { name: 'Jump to latest' })
    await expect(jump).toBeVisible({ timeout: 500 })
  }).toPass()

  await alice.send('New one', 'New two')

  // What is below the view is not read: the list of rooms says so as well.
  await expect(bob.page.getByRole('button', { name: '2 new messages' })).toBeVisible()
  await expect(bob.roomLink(name)).toContainText('2 unread')
  await bob.page.getByRole('button', { name: '2 new messages' }).click()
  await expect(bob.message('New two')).toBeInViewport()
  await expect(bob.roomLink(name)).not.toContainText('unread')
  await expect(bob.page.getByRole('button', { name: /Jump to latest|new messages/ })).toHaveCount(0)
})

test('a room is opened at what is new, and later where it was left', async ({ signIn }) => {
  const alice = await signIn('alice')
  const bob = await signIn('bob')
  const name = roomName('Place')
  const other = roomName('Other')
  const roomId = await alice.createRoom(name, 'Anyone with the link')
  await bob.createRoom(other)
  await bob.join(roomId)
  await alice.send('Before')
  await bob.sees('Before')
  await bob.roomLink(other).click()
  await alice.send(...lines(45))
  await expect(bob.roomLink(name)).toContainText('45 unread')

  await bob.roomLink(name).click()

  await expect(bob.page.getByText('New messages', { exact: true })).toBeInViewport()
  await expect(bob.message('Line 1')).toBeInViewport()
  await expect(bob.message('Line 45')).not.toBeInViewport()
  // What is below the view has not been read, and the other devices go on saying so.
  await expect(bob.roomLink(name)).toContainText(/[1-3]\d unread/)
  await expect(bob.page.getByText(/^\d\d new messages since/)).toBeVisible()

  await settleAt(bob, 500)
  const shown = bob.message('Line 20')
  const place = await topOf(bob, 'Line 20')
  await bob.roomLink(other).click()
  await expect(bob.page.getByRole('heading', { name: other })).toBeVisible()
  await bob.roomLink(name).click()

  await expect(shown).toBeInViewport()
  await expect.poll(async () => Math.abs((await topOf(bob, 'Line 20')) - place)).toBeLessThan(3)
})

test('120 unread: opened at the first, read as far as was seen, and all at one’s word', async ({
  signIn,
}) => {
  const alice = await signIn('alice')
  const bob = await signIn('bob')
  const name = roomName('Holiday')
  const roomId = await alice.createRoom(name, 'Anyone with the link')
  await alice.send('Have a good time')
  await bob.join(roomId)
  await bob.sees('Have a good time')
  await bob.leaveForList()
  await expect(bob.roomLink(name)).not.toContainText('unread')
  await alice.send(...lines(120))
  await alice.sees('Line 120')
  await expect(bob.roomLink(name)).toContainText(/99\+|120/)

  await bob.roomLink(name).click()
  await expect(bob.message('Line 1')).toBeInViewport()
  await expect(bob.page.getByText('New messages', { exact: true })).toBeInViewport()
  await expect(bob.message('Line 120')).not.toBeInViewport()
  const bar = bob.page.getByText(/^\d+ new messages since/)
  await expect(bar).toBeVisible()
  await expect(bob.page.getByRole('button', { name: /^\d+ new messages$/ })).toBeVisible()

  // What was jumped over stays unread, and the way back to it is in the bar.
  await bob.page.getByRole('button', { name: /^\d+ new messages$/ }).click()
  await expect(bob.message('Line 120')).toBeInViewport()
  await expect(bar).toBeVisible()
  await bob.page.getByRole('button', { name: 'Jump', exact: true }).click()
  await expect(bob.message('Line 1')).toBeInViewport()

  await bob.page.getByRole('button', { name: 'Mark as read' }).click()
  await expect(bar).toHaveCount(0)
  await expect(bob.roomLink(name)).not.toContainText('unread')
})

test('who waits for words of their own to go out stays at the end while others write', async ({
  signIn,
}) => {
  const alice = await signIn('alice')
  const bob = await signIn('bob')
  const roomId = await alice.createRoom(roomName('Waiting'), 'Anyone with the link')
  const answer = await hold(bob, '"sendMessage"')
  await bob.join(roomId)
  await bob.send(...lines(25))

  await alice.send(...Array.from({ length: 25 }, (_, index) => `Meanwhile ${index + 1}`))
  await alice.sees('Meanwhile 25')
  await expect(bob.message('Line 25')).toBeInViewport()
  expect(await bob.conversation.getByRole('listitem').last().getAttribute('aria-setsize')).toBe(
    '50',
  )
  await expect(bob.page.getByRole('button', { name: /Jump to latest|new messages/ })).toHaveCount(0)

  answer()
  await bob.sees('Line 25')
  await expect(bob.message('Line 25')).toBeInViewport()
  await alice.send('And on')
  await expect(bob.message('And on')).toBeInViewport()
})
