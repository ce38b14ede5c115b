import { beforeEach, describe, expect, it } from 'vitest'
import type { ServerEvent } from '@/api/types.gen'
import { useRooms } from '@/features/rooms/useRooms'
import { aMessage, aRoom, BOB, ME, pushed, welcome } from '@/testing/builders'
import { FakeServer } from '@/testing/fakeServer'
import { inSession, settle } from '@/testing/signedIn'
import { MARK_ALONE_EVERY_MS, MARK_EVERY_MS, useMarks } from './useMarks'

let server: FakeServer
let otherDevices: number

const welcomed = (): ServerEvent =>
  welcome(['a', 'b'].map((roomId) => aRoom({ roomId, lastSeq: 9, lastReadSeq: 0 })))

beforeEach(async () => {
  otherDevices = 0
  server = new FakeServer({
    hello: welcomed,
    markRead: ({ rooms }) => ({
      action: 'roomsRead',
      rooms: rooms.map(({ roomId, seq }) => ({ roomId, lastReadSeq: seq })),
      otherDevices,
    }),
  })
  await inSession()
})

const marked = () =>
  server
    .received('markRead')
    .map(({ rooms }) => Object.fromEntries(rooms.map(({ roomId, seq }) => [roomId, seq])))

async function see(roomId: string, seq: number): Promise<void> {
  useMarks().see(roomId, seq)
  await settle()
}

describe('where no other device is connected', () => {
  beforeEach(async () => {
    await see('a', 1)
    server.commands.length = 0
  })

  it('marks wait for one another, and go out together', async () => {
    await see('a', 2)
    useMarks().leave()
    await see('b', 4)
    await see('b', 5)
    await settle(MARK_ALONE_EVERY_MS - 1)
    expect(marked()).toEqual([])

    await settle(1)
    expect(marked()).toEqual([{ a: 2, b: 5 }])
  })

  it.each([
    ['another device comes', () => server.push({ action: 'deviceConnected' })],
    ['the person turns to another window', () => window.dispatchEvent(new Event('blur'))],
    ['the page is closed', () => window.dispatchEvent(new Event('pagehide'))],
  ])('they go out at once when %s', async (_, happens) => {
    await see('a', 2)
    happens()
    await settle()

    expect(marked()).toEqual([{ a: 2 }])
  })

  it('they go out soon again when another device has come', async () => {
    otherDevices = 1
    server.push({ action: 'deviceConnected' })
    await see('a', 2)
    await see('a', 3)
    await settle(MARK_EVERY_MS)

    expect(marked()).toEqual([{ a: 3 }])
  })
})

describe('one’s own message', () => {
  beforeEach(async () => {
    await see('a', 9)
    server.commands.length = 0
    server.push(pushed(aMessage(10, { ...ME, roomId: 'a' })))
  })

  it('needs no mark while it is the last', async () => {
    window.dispatchEvent(new Event('blur'))
    await settle(MARK_ALONE_EVERY_MS)

    expect(useRooms().totalUnread).toBe(9)
    expect(marked()).toEqual([])
  })

  it('is marked when somebody else writes', async () => {
    server.push(pushed(aMessage(11, { ...BOB, roomId: 'a' })))
    await settle(MARK_ALONE_EVERY_MS)

    expect(marked()).toEqual([{ a: 10 }])
  })
})

it('what the list takes as read because one wrote it is marked when somebody else writes', async () => {
  server.answers.hello = () =>
    welcome([aRoom({ roomId: 'a', lastSeq: 9, lastReadSeq: 9, markedSeq: 7 })])
  await inSession()
  server.push(pushed(aMessage(10, { ...BOB, roomId: 'a' })))
  await settle(MARK_ALONE_EVERY_MS)

  expect(marked()).toEqual([{ a: 9 }])
})

it('what was read, and not marked when the page was closed, is marked by the next one', async () => {
  await see('a', 1)
  server.answers.markRead = undefined
  await see('a', 7)
  window.dispatchEvent(new Event('pagehide'))
  await settle(60_000)
  server.commands.length = 0

  await inSession()
  expect(marked()).toEqual([{ a: 7 }])
  expect(useRooms().get('a')?.lastReadSeq).toBe(7)
})

it('as many rooms go into one frame as it takes', async () => {
  const roomIds = Array.from({ length: 25 }, (_, index) => `room ${index}`)
  server.answers.hello = () =>
    welcome(roomIds.map((roomId) => aRoom({ roomId, lastSeq: 9, lastReadSeq: 0 })))
  await inSession()
  await see(roomIds[0]!, 1)
  roomIds.forEach((roomId) => useMarks().see(roomId, 2))
  useMarks().flush()
  await settle()

  expect(marked().map((rooms) => Object.keys(rooms).length)).toEqual([1, 20, 5])
})
