import { beforeEach, describe, expect, it } from 'vitest'
import type { RoomSummary, StoredMessage } from '@/api/types.gen'
import { aMessage, aRoom, BOB, ME, pushed, roomsPage, welcome } from '@/testing/builders'
import { FakeServer } from '@/testing/fakeServer'
import { inSession, settle } from '@/testing/signedIn'
import { unread, unreadMentions } from './roomState'
import { useRooms } from './useRooms'

let server: FakeServer
let stored: RoomSummary[]

beforeEach(async () => {
  stored = [aRoom({ lastSeq: 2, lastReadSeq: 2 })]
  server = new FakeServer({ hello: () => welcome(stored), getRooms: () => roomsPage(stored) })
  await inSession()
})

const room = () => useRooms().get('room')!
const counts = () => [unread(room()), unreadMentions(room())]
const forMe = (seq: number, changes: Partial<StoredMessage> = {}) =>
  aMessage(seq, { ...BOB, mentions: [ME], ...changes })

function change(message: StoredMessage, rev: number): void {
  server.push({
    action: 'changed',
    roomId: 'room',
    fromRev: rev - 1,
    rev,
    messages: [{ ...message, rev }],
  })
}

describe('mentions', () => {
  it('of oneself and of everybody are counted once, others not', () => {
    server.push(pushed(forMe(3)))
    server.push(pushed(forMe(3)))
    server.push(pushed(aMessage(4, { ...BOB, mentionsRoom: true })))
    server.push(pushed(aMessage(5, { ...BOB, mentions: [BOB] })))

    expect(counts()).toEqual([3, 2])
  })

  it('go with an edit, with a deletion and by reading', () => {
    for (const seq of [3, 4, 5]) server.push(pushed(forMe(seq)))
    change(forMe(3, { mentions: undefined }), 1)
    change(aMessage(4, { ...BOB, deletedAt: 9, message: '' }), 2)
    expect(counts()).toEqual([2, 1])

    useRooms().see('room', 5)
    expect(counts()).toEqual([0, 0])
  })

  it('do not come back by a change that was overtaken', () => {
    server.push(pushed(forMe(3)))
    change(aMessage(3, { ...BOB, deletedAt: 9, message: '' }), 2)
    change(forMe(3), 1)

    expect(counts()).toEqual([0, 0])
  })
})

describe('what was missed', () => {
  it.each([
    ['messages', () => server.push(pushed(aMessage(5, BOB)))],
    ['changes', () => change(aMessage(1, BOB), 3)],
    [
      'changes that a ping tells of',
      () => server.push({ action: 'pong', time: 0, heads: {}, revs: { room: 2 } }),
    ],
  ])('%s: the list tells what they mean', async (_, happens) => {
    stored = [aRoom({ lastSeq: 5, lastReadSeq: 2, rev: 3, gone: [4], mentions: [3] })]
    happens()
    await settle(1_000)

    expect(counts()).toEqual([2, 1])
  })
})

describe('a list and what was pushed', () => {
  const reload = (room: Partial<RoomSummary>) =>
    useRooms().replaceAll([aRoom({ lastReadSeq: 2, ...room })])

  it('are put together', () => {
    server.push(pushed(forMe(3)))
    server.push(pushed(forMe(4)))
    reload({ lastSeq: 3, mentions: [3] })

    expect(counts()).toEqual([2, 2])
  })

  it('what the list includes, and comes late by a push, counts no more', () => {
    reload({ lastSeq: 3, rev: 1 })
    server.push(pushed(forMe(3)))

    expect(counts()).toEqual([1, 0])
  })

  it('of a message that was changed since, what was heard counts', () => {
    server.push(pushed(forMe(3)))
    change(forMe(3, { mentions: undefined }), 1)
    reload({ lastSeq: 3, rev: 0, mentions: [3] })

    expect(counts()).toEqual([1, 0])
  })

  it('a list that was overtaken by a newer one counts no more', () => {
    reload({ lastSeq: 3, rev: 1 })
    reload({ lastSeq: 3, rev: 0, mentions: [3] })

    expect(counts()).toEqual([1, 0])
  })
})
