import { beforeEach, describe, expect, it } from 'vitest'
import type { Changed, StoredMessage } from '@/api/types.gen'
import { aMessage, aRoom, history, messages, pong, welcome } from '@/testing/builders'
import { FakeServer } from '@/testing/fakeServer'
import { inSession, settle } from '@/testing/signedIn'
import { useTimeline } from './useTimeline'

let server: FakeServer
let rev: number
let stored: StoredMessage[]
let resets: boolean

beforeEach(async () => {
  rev = 3
  resets = false
  stored = messages(1, 5)
  server = new FakeServer({
    hello: () => welcome([aRoom({ lastSeq: 5, lastReadSeq: 5, rev })]),
    getMessages: () => history(stored, false, rev),
    getChanges: ({ after }) => ({
      action: 'changes',
      roomId: 'room',
      fromRev: after,
      rev,
      hasMore: false,
      reset: resets,
      messages: resets ? [] : stored.filter((each) => (each.rev ?? 0) > after),
    }),
  })
  await inSession()
  void useTimeline().open('room')
  await settle()
})

/** A message is changed; lost: it is not pushed. */
function change(seq: number, { lost = false } = {}): void {
  const message = aMessage(seq, { message: `Changed ${seq}`, rev: ++rev })
  stored = stored.map((each) => (each.seq === seq ? message : each))
  const event: Changed = {
    action: 'changed',
    roomId: 'room',
    fromRev: rev - 1,
    rev,
    messages: [message],
  }
  if (!lost) server.push(event)
}

const held = () => useTimeline().of('room')
const asked = () => server.received('getChanges').map(({ after }) => after)

describe('a change that was missed', () => {
  it('is nothing to ask for while none is', async () => {
    change(1)
    await settle(1_000)

    expect(held()?.rev).toBe(4)
    expect(asked()).toEqual([])
  })

  it('is asked for when a later one shows it', async () => {
    change(1, { lost: true })
    change(2)
    expect(asked()).toEqual([])
    await settle(1_000)

    expect(asked()).toEqual([3])
    expect(held()?.messages).toEqual(stored)
    expect(held()?.rev).toBe(5)
  })

  it('is not asked for where its push was only late', async () => {
    const late: Changed = {
      action: 'changed',
      roomId: 'room',
      fromRev: 3,
      rev: 4,
      messages: [aMessage(1, { rev: 4 })],
    }
    rev = 4
    change(2)
    server.push(late)
    await settle(1_000)

    expect(asked()).toEqual([])
    expect(held()?.rev).toBe(5)
  })

  it('is asked for when a ping or a reconnect finds the room further on', async () => {
    change(1, { lost: true })
    server.push(pong({}, { room: 4 }))
    await settle(1_000)
    expect(held()?.rev).toBe(4)

    change(2, { lost: true })
    server.drop()
    await settle(5_000)
    expect(held()?.messages).toEqual(stored)
  })

  it('makes the room be read afresh where there are too many', async () => {
    resets = true
    change(1, { lost: true })
    change(2)
    await settle(1_000)

    expect(held()?.messages).toEqual(stored)
    expect(held()?.rev).toBe(5)
  })
})
