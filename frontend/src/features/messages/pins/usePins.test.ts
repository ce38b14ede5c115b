import { beforeEach, expect, it } from 'vitest'
import type { StoredMessage } from '@/api/types.gen'
import { aMessage, aRoom, BOB, welcome } from '@/testing/builders'
import { FakeServer } from '@/testing/fakeServer'
import { inSession, settle } from '@/testing/signedIn'
import { usePins } from './usePins'

let server: FakeServer
let pinned: StoredMessage[]
let rev: number

const pin = (seq: number, rev: number) => aMessage(seq, { ...BOB, pinnedAt: 5, rev })
const seqs = () =>
  usePins()
    .of('room')
    ?.map(({ seq }) => seq)

function changed(message: StoredMessage, rev: number, fromRev = rev - 1): void {
  server.push({ action: 'changed', roomId: 'room', fromRev, rev, messages: [{ ...message, rev }] })
}

beforeEach(async () => {
  pinned = [pin(7, 2), pin(3, 1)]
  rev = 2
  server = new FakeServer({
    hello: () => welcome([aRoom({ lastSeq: 9, lastReadSeq: 9 })]),
    getPins: ({ before }) => {
      const rest = pinned.filter(({ sortKey }) => before === undefined || sortKey < before)
      const messages = rest.slice(0, 2)
      const hasMore = rest.length > 2
      return {
        action: 'pins',
        roomId: 'room',
        messages,
        rev,
        hasMore,
        next: messages.at(-1)?.sortKey,
      }
    },
  })
  await inSession()
})

async function open(): Promise<void> {
  void usePins().load('room')
  await settle()
}

it('they are read once, page by page', async () => {
  pinned = [pin(9, 3), pin(7, 2), pin(5, 2), pin(4, 2), pin(3, 1)]
  await open()
  expect(seqs()).toEqual([9, 7, 5, 4, 3])
})

it('they come and go by changes', async () => {
  await open()
  changed(pin(5, 3), 3)
  changed(aMessage(7, BOB), 4)
  changed(aMessage(3, { ...BOB, pinnedAt: 5, deletedAt: 8 }), 5)
  expect(seqs()).toEqual([5])

  changed(pin(7, 2), 2)
  expect(seqs()).toEqual([7, 5])
})

it('what changes while they are read is not lost', async () => {
  void usePins().load('room')
  changed(aMessage(7, BOB), 3)
  await settle()
  expect(seqs()).toEqual([3])
})

it('after a gap they are read again', async () => {
  await open()
  pinned = [pin(8, 3)]
  rev = 5
  changed(aMessage(1, BOB), 5, 4)
  await settle()
  expect(seqs()).toEqual([8])
})
