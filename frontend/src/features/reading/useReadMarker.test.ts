import { mount, type VueWrapper } from '@vue/test-utils'
import { beforeEach, expect, it, vi } from 'vitest'
import { defineComponent, ref } from 'vue'
import { aMessage, aRoom, history, messages, pushed, refusal, welcome } from '@/testing/builders'
import { FakeServer } from '@/testing/fakeServer'
import { useRooms } from '@/features/rooms/useRooms'
import { inSession, settle } from '@/testing/signedIn'
import { MARK_EVERY_MS } from './useMarks'
import { useReadMarker } from './useReadMarker'
import { useTimeline } from '@/features/messages/history/useTimeline'

let server: FakeServer
let otherDevices: number
let marker: ReturnType<typeof useReadMarker> | undefined

beforeEach(async () => {
  otherDevices = 1
  server = new FakeServer({
    hello: () => welcome([aRoom({ lastSeq: 3, lastReadSeq: 1 })]),
    getMessages: () => history(messages(1, 3)),
    markRead: ({ rooms }) => ({
      action: 'roomsRead',
      rooms: rooms.map(({ roomId, seq }) => ({ roomId, lastReadSeq: seq })),
      otherDevices,
    }),
  })
  await inSession()
})

async function show(seen = ref(Infinity)): Promise<VueWrapper> {
  const shown = mount(
    defineComponent({
      setup: () => void (marker = useReadMarker('room', seen)),
      render: () => undefined,
    }),
  )
  void useTimeline().open('room')
  await settle()
  return shown
}

function visible(state: DocumentVisibilityState): void {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
  document.dispatchEvent(new Event('visibilitychange'))
}

const marked = () => server.received('markRead').map(({ rooms }) => rooms[0]!.seq)

function arrive(...seqs: number[]): void {
  for (const seq of seqs) server.push(pushed(aMessage(seq)))
}

it('a room is read as it is shown', async () => {
  await show()

  expect(marked()).toEqual([3])
})

it('messages that stream in are marked together, so often and to the last one', async () => {
  await show()
  arrive(4, 5)
  await settle(MARK_EVERY_MS - 1)
  expect(marked()).toEqual([3])
  expect(useRooms().totalUnread).toBe(0) // here there is nothing to wait for

  arrive(6)
  await settle(1)
  expect(marked()).toEqual([3, 6])

  arrive(7)
  await settle(MARK_EVERY_MS)
  expect(marked()).toEqual([3, 6, 7])
  expect(useRooms().get('room')?.lastReadSeq).toBe(7)
})

it.each([
  ['leaves the room', (shown: VueWrapper) => shown.unmount()],
  ['turns to something else', () => visible('hidden')],
  ['turns to another window', () => window.dispatchEvent(new Event('blur'))],
])('what was seen is marked at once when one %s, once', async (_, leave) => {
  const shown = await show()
  arrive(4)
  await settle()
  leave(shown)
  await settle()
  expect(marked()).toEqual([3, 4])

  await settle(MARK_EVERY_MS)
  expect(marked()).toEqual([3, 4])
})

it('what arrives while one is away is marked at once when one is back', async () => {
  await show()
  visible('hidden')
  await settle()
  arrive(4)
  await settle(MARK_EVERY_MS)
  expect(marked()).toEqual([3])

  visible('visible')
  await settle()
  expect(marked()).toEqual([3, 4])
})

it('what could not be marked before the connection broke is marked when it is back', async () => {
  await show()
  arrive(4)
  server.drop()
  await settle(30_000)

  expect(marked()).toContain(4)
  expect(useRooms().get('room')?.lastReadSeq).toBe(4)
})

it('what could not be marked before one left is marked on the next connection', async () => {
  const shown = await show()
  arrive(4)
  await settle()
  server.drop()
  shown.unmount()
  expect(useRooms().markedSeq('room')).toBe(3)

  await settle(30_000)
  expect(useRooms().markedSeq('room')).toBe(4)
})

it('nothing is read while the page cannot be seen', async () => {
  visible('hidden')
  await show()
  expect(marked()).toEqual([])

  visible('visible')
  await settle()
  expect(marked()).toEqual([3])
})

it('what has not been on the screen is not read', async () => {
  const seen = ref(1)
  await show(seen)
  expect(marked()).toEqual([])

  seen.value = 2
  await settle()
  expect(marked()).toEqual([2])
})

it('another tab of this browser learns at once what has been seen', async () => {
  await show()
  arrive(4)
  await settle()
  const [key, newValue] = Object.entries(localStorage).find(([name]) => name.includes('seen'))!
  expect(JSON.parse(String(newValue))).toEqual({ roomId: 'room', seq: 4 })

  arrive(5)
  visible('hidden')
  const told = JSON.stringify({ roomId: 'room', seq: 6 })
  window.dispatchEvent(new StorageEvent('storage', { key, newValue: told }))
  expect(useRooms().get('room')?.lastReadSeq).toBe(6)
})

it('all is read when the person says so', async () => {
  await show(ref(1))
  marker!.markAll()
  await settle()

  expect(marked()).toEqual([3])
  expect(useRooms().totalUnread).toBe(0)
})

it('what lies beyond a gap is not read before the gap has healed', async () => {
  await show()
  server.answers.getMessages = () => undefined
  server.push(pushed(aMessage(6)))
  await settle(MARK_EVERY_MS)

  expect(marked()).toEqual([3])
})

it('a refusal is not answered with asking again and again', async () => {
  server.answers.markRead = () => refusal('notFound')
  await show()
  await settle(1_000)

  expect(marked()).toEqual([3])
})
