import { expect, Person, roomName, test } from './support/app'

test('offline and back: nothing is missed, and what was written goes out once, in order', async ({
  signIn,
}) => {
  const alice = await signIn('alice')
  const bob = await signIn('bob')
  const roomId = await alice.createRoom(roomName('Train'), 'Anyone with the link')
  await bob.join(roomId)
  await alice.send('Before')
  await bob.sees('Before')

  await bob.context.setOffline(true)
  await expect(bob.connection).toContainText('offline')
  await bob.send('From the tunnel', 'Still in the tunnel')
  await expect(bob.message('From the tunnel')).toContainText('Sending…')
  await alice.send('Are you there?', 'Hello?')
  await alice.sees('Hello?')

  await bob.context.setOffline(false)

  await bob.sees('Are you there?')
  await bob.sees('Hello?')
  await bob.sees('Still in the tunnel')
  await alice.sees('From the tunnel')
  await alice.sees('Still in the tunnel')
  await expect(bob.connection).toHaveText('')
  const order = await alice.readAll()
  expect(order).toEqual(await bob.readAll())
  expect(order.indexOf('From the tunnel')).toBeLessThan(order.indexOf('Still in the tunnel'))
})

test('a message that was written offline survives the end of the page', async ({ signIn }) => {
  const alice = await signIn('alice')
  const bob = await signIn('bob')
  const roomId = await alice.createRoom(roomName('Night'), 'Anyone with the link')
  await bob.join(roomId)
  await bob.context.setOffline(true)
  await expect(bob.connection).toContainText('offline')
  await bob.send('Good night')
  await bob.page.close()

  await bob.context.setOffline(false)
  const back = new Person(await bob.context.newPage(), 'bob')
  await back.page.goto(`/rooms/${roomId}`)

  await back.sees('Good night')
  await alice.sees('Good night')
  await back.page.reload()
  await back.sees('Good night')
})

test('two tabs of one person agree on what is unread', async ({ signIn }) => {
  const alice = await signIn('alice')
  const bob = await signIn('bob')
  const name = roomName('Tabs')
  const roomId = await alice.createRoom(name, 'Anyone with the link')
  await bob.join(roomId)
  await bob.leaveForList()
  const other = new Person(await bob.context.newPage(), 'bob')
  await other.leaveForList()
  await alice.send('Notifications')
  await expect(bob.roomLink(name)).toContainText('1 unread')
  await expect(other.roomLink(name)).toContainText('1 unread')

  await other.roomLink(name).click()

  await expect(other.roomLink(name)).not.toContainText('unread')
  await expect(bob.roomLink(name)).not.toContainText('unread')
})

test('a connection that is cut comes back by itself and catches up', async ({ signIn }) => {
  const alice = await signIn('alice')
  const roomId = await alice.createRoom(roomName('Cut'), 'Anyone with the link')
  const bob = await signIn('bob')
  const opened: string[] = []
  bob.page.on('websocket', (socket) => opened.push(socket.url()))
  await bob.page.addInitScript(() => {
    const sockets: WebSocket[] = []
    window.WebSocket = class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols)
        sockets.push(this)
      }
    }
    Object.assign(window, { cutConnections: () => sockets.forEach((socket) => socket.close()) })
  })
  await bob.join(roomId)
  await alice.send('First')
  await bob.sees('First')

  const before = opened.length
  await bob.page.evaluate('cutConnections()')
  await alice.send('While you were away')

  await bob.sees('While you were away')
  expect(opened.length).toBeGreaterThan(before)
})

test('where the browser forbids its storage, one signs in and writes all the same', async ({
  visit,
}) => {
  const page = await visit()
  await page.addInitScript(() =>
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('Access is denied for this document.', 'SecurityError')
      },
    }),
  )
  await page.goto('/')
  await page.getByRole('button', { name: 'Continue as carol' }).click()
  const carol = new Person(page, 'carol')
  await page.getByRole('link', { name: 'New room' }).click()
  await page.getByLabel('Room name').fill(roomName('Private window'))
  await page.getByRole('button', { name: 'Create room' }).last().click()
  await expect(page.getByRole('textbox')).toBeFocused()

  await carol.send('One', 'Two')

  await carol.sees('One')
  await carol.sees('Two')
  await expect(carol.news('can’t save unsent messages')).toHaveCount(1)
})
