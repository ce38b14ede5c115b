import { beforeEach, describe, expect, it } from 'vitest'
import {
  aMessage,
  aRoom,
  BOB,
  ME,
  memberChanged,
  pushed,
  roomsPage,
  welcome,
} from '@/testing/builders'
import { FakeServer } from '@/testing/fakeServer'
import { inSession, settle } from '@/testing/signedIn'
import type { RoomSummary, ServerEvent } from '@/api/types.gen'
import { unread } from './roomState'
import { useRooms } from './useRooms'

let server: FakeServer
/** What the server holds: both hello and getRooms answer it. */
let stored: RoomSummary[]

beforeEach(async () => {
  stored = [aRoom({ version: 5, lastSeq: 10, lastReadSeq: 7, lastTimestamp: 1 })]
  server = new FakeServer({ hello: () => welcome(stored), getRooms: () => roomsPage(stored) })
  await inSession()
})

const read = (lastReadSeq: number): ServerEvent => ({
  action: 'roomsRead',
  rooms: [{ roomId: 'room', lastReadSeq }],
})
const room = () => useRooms().get('room')

describe('unread', () => {
  it('is what lies between the last message and the last that was read', () => {
    expect(unread(room() as RoomSummary)).toBe(3)
    expect(useRooms().totalUnread).toBe(3)
  })

  it('rises with each message, and not with one that is delivered twice', () => {
    server.push(pushed(aMessage(11)))
    server.push(pushed(aMessage(11)))

    expect(useRooms().totalUnread).toBe(4)
  })

  it('falls as another device reads, and a late report cannot raise it again', () => {
    server.push(read(10))
    server.push(read(8))

    expect(useRooms().totalUnread).toBe(0)
  })

  it('counts what a ping finds at the head of the room', () => {
    server.push({ action: 'pong', time: 0, heads: { room: 12, unheardOf: 3 }, revs: {} })

    expect(useRooms().totalUnread).toBe(5)
  })
})

describe('what one has written oneself', () => {
  beforeEach(() => {
    stored = [aRoom({ version: 5, lastSeq: 10, lastReadSeq: 10 })]
    useRooms().replaceAll(stored)
  })

  it('is not new, in whatever order it is told', () => {
    server.push(pushed(aMessage(12, ME)))
    server.push(pushed(aMessage(11, ME)))

    expect(useRooms().totalUnread).toBe(0)
  })

  it('says nothing about what others wrote before it', () => {
    server.push(pushed(aMessage(11, BOB)))
    server.push(pushed(aMessage(12, ME)))

    expect(useRooms().totalUnread).toBe(2)
    server.push(read(11))
    expect(useRooms().totalUnread).toBe(0)
  })
})

it('has its place by the time of a message that only a ping told of', async () => {
  stored = [aRoom({ version: 5, lastSeq: 12, lastReadSeq: 7, lastTimestamp: 99 })]
  server.push({ action: 'pong', time: 0, heads: { room: 12 }, revs: {} })
  await settle(1_000)

  expect(room()?.lastTimestamp).toBe(99)
})

describe('a membership', () => {
  it('changes with a higher version', () => {
    server.push(memberChanged({ version: 6, isAdmin: true }))

    expect(room()).toMatchObject({ isAdmin: true, version: 6 })
  })

  it.each([5, 4])('does not change with version %i, when 5 is known', (version) => {
    server.push(memberChanged({ version, status: 'banned' }))

    expect(room()).toMatchObject({ status: 'approved', version: 5 })
  })

  it('of who is banned keeps nothing of the room, as in a list that is read anew', () => {
    server.push(memberChanged({ version: 6, status: 'banned' }))

    expect(room()).toMatchObject({ lastSeq: 0, lastReadSeq: 0, lastTimestamp: 0 })
  })

  it('that ended is not revived by an event or a list from before', async () => {
    server.push(memberChanged({ version: 6, status: 'left' }))
    server.push(memberChanged({ version: 5, status: 'approved' }))
    await settle(1_000)

    expect(room()).toBeUndefined()
  })

  it('that ended comes back with a higher version', async () => {
    server.push(memberChanged({ version: 6, status: 'left' }))
    stored = [aRoom({ version: 7 })]
    server.push(memberChanged({ version: 7, status: 'approved' }))
    await settle(1_000)

    expect(room()).toMatchObject({ status: 'approved', version: 7 })
  })

  it('that is new is completed from the list', async () => {
    stored = [...stored, aRoom({ roomId: 'new', roomName: 'Kitchen', lastSeq: 4, lastReadSeq: 4 })]
    server.push(memberChanged({ roomId: 'new', version: 1 }))
    await settle(1_000)

    expect(useRooms().get('new')).toMatchObject({ roomName: 'Kitchen', lastSeq: 4 })
  })

  it('of somebody else is none of ours', () => {
    server.push(memberChanged({ ...BOB, version: 9, status: 'banned' }))

    expect(room()).toMatchObject({ status: 'approved', version: 5 })
  })
})

describe('a request to join', () => {
  it('waits in a place of its own, and leads into the room when it is approved', async () => {
    server.answers.joinRoom = ({ roomId }) => {
      stored = [...stored, aRoom({ roomId, status: 'pending' })]
      return { action: 'joinResponse', roomId, status: 'pending' }
    }
    const asking = useRooms().requestToJoin('other')
    await settle()
    await asking
    expect(useRooms().requests.map((each) => each.roomId)).toEqual(['other'])

    stored = stored.map((each) => ({ ...each, status: 'approved', version: each.version + 1 }))
    server.push({ action: 'joinResponse', roomId: 'other', status: 'approved' })
    await settle(1_000)

    expect(useRooms().requests).toEqual([])
    expect(useRooms().get('other')).toMatchObject({ status: 'approved', version: 2 })
  })

  it('that is declined says so at once', async () => {
    stored = [aRoom({ roomId: 'other', status: 'pending' })]
    server.drop()
    await settle(1_000)
    server.push({ action: 'joinResponse', roomId: 'other', status: 'rejected' })

    expect(useRooms().get('other')?.status).toBe('rejected')
  })

  it('shows up at the admin, who is told how many wait', async () => {
    stored = [aRoom({ version: 6, isAdmin: true, pendingCount: 2 })]
    server.push({ action: 'joinRequest', roomId: 'room', ...BOB, version: 1 })
    await settle(1_000)

    expect(room()?.pendingCount).toBe(2)
  })
})

describe('a new connection', () => {
  it('replaces everything: rooms that are gone are gone', async () => {
    stored = [aRoom({ roomId: 'other' })]
    server.drop()
    await settle(1_000)

    expect(useRooms().all.map((each) => each.roomId)).toEqual(['other'])
  })

  it('does not turn back what was pushed while its state was read', async () => {
    server.push(pushed(aMessage(11)))
    server.push(memberChanged({ version: 6, isAdmin: true }))
    server.drop()
    await settle(500)

    expect(room()).toMatchObject({ lastSeq: 11, version: 6, isAdmin: true })
  })
})

it('several pages make one list', async () => {
  server.answers.getRooms = ({ after }) =>
    after === undefined
      ? roomsPage([aRoom({ roomId: 'a' })], 'a')
      : roomsPage([aRoom({ roomId: 'b' })])
  server.push({ action: 'joinRequest', roomId: 'room', ...BOB, version: 1 })
  await settle(1_000)

  expect(useRooms().get('a')).toBeDefined()
  expect(useRooms().get('b')).toBeDefined()
})

it('rooms come with the latest activity first', async () => {
  stored = [aRoom({ roomId: 'old', lastTimestamp: 1 }), aRoom({ roomId: 'new', lastTimestamp: 2 })]
  server.drop()
  await settle(1_000)

  expect(useRooms().joined.map((each) => each.roomId)).toEqual(['new', 'old'])
})
