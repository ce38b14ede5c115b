import { mount, RouterLinkStub } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import { nextTick, reactive } from 'vue'
import type { RoomSummary } from '@/api/types.gen'
import { aRoom, BOB, ME } from '@/testing/builders'
import { signedIn } from '@/testing/signedIn'
import RoomList from './RoomList.vue'
import { MUTED_FOR_EVER } from '@/features/rooms/useOldMutes'
import { useRooms } from '@/features/rooms/useRooms'

const route = reactive<{ params: { roomId?: string } }>({ params: {} })
vi.mock('vue-router', async (original) => ({
  ...(await original<object>()),
  useRoute: () => route,
}))

beforeEach(() => {
  setActivePinia(createPinia())
  route.params = {}
})

function show(...rooms: RoomSummary[]) {
  useRooms().replaceAll(rooms)
  return mount(RoomList, { global: { stubs: { RouterLink: RouterLinkStub } } })
}

const named = (roomName: string, changes: Partial<RoomSummary> = {}) =>
  aRoom({ roomId: roomName, roomName, ...changes })
const names = (list: ReturnType<typeof show>) => list.findAll('li').map((item) => item.text())

it('puts the room where something happened last first', () => {
  const list = show(named('Old', { lastTimestamp: 1 }), named('New', { lastTimestamp: 2 }))
  expect(names(list).map((text) => text.slice(-3))).toEqual(['New', 'Old'])
})

it('tells what is unread, what is muted and who waits', () => {
  const list = show(
    named('Busy', { lastSeq: 5, lastReadSeq: 2, pendingCount: 1 }),
    named('Quiet', { lastSeq: 5, mutedUntil: MUTED_FOR_EVER, mentions: [3, 4], gone: [5] }),
  )
  expect(names(list)[0]).toMatch(/Busy.*1 request.*3 unread/)
  expect(names(list)[1]).toMatch(/Quiet.*muted.*2 mentions.*4 unread/)
  expect(list.findAll('.badge-quiet')).toHaveLength(1)
})

it('keeps apart the rooms whose answer is awaited', () => {
  const list = show(named('Mine'), named('Theirs', { status: 'pending' }))
  expect(list.get('ul[aria-label="Your requests to join"]').text()).toContain('Theirs')
})

it('is filtered once it is long', async () => {
  const list = show(...Array.from({ length: 12 }, (_, index) => named(`Room ${index}`)))
  await list.get('input').setValue('room 11')
  expect(names(list)).toHaveLength(1)

  await list.get('input').setValue('kitchen')
  expect(list.text()).toContain('No matching rooms')
})

it('says what to do when there is nothing yet', () => {
  expect(show().text()).toContain('No rooms yet')
})

it('shows a declined request until it is cleared', () => {
  const list = show(named('Theirs', { status: 'rejected' }))
  const request = list.get('ul[aria-label="Your requests to join"] a')
  expect(request.text()).toMatch(/Theirs.*declined/)
})

it('counts no room that banned the person', () => {
  const list = show(
    ...Array.from({ length: 12 }, (_, index) => named(`Room ${index}`, { status: 'banned' })),
  )
  expect(list.text()).toContain('No rooms yet')
  expect(list.find('input').exists()).toBe(false)
})

it('brings the room that is open into view, at first and whenever another is', async () => {
  const brought: (string | null)[] = []
  vi.spyOn(Element.prototype, 'scrollIntoView').mockImplementation(function (this: Element) {
    brought.push(this.textContent)
  })
  route.params = { roomId: 'Last' }
  show(named('First'), named('Last'))
  expect(brought).toEqual([expect.stringMatching(/Last$/)])

  route.params = { roomId: 'First' }
  await nextTick()
  expect(brought).toEqual([expect.anything(), expect.stringMatching(/First$/)])
})

it('keeps conversations apart, by the names of the others, and leaves out hidden ones', async () => {
  const people = [ME, BOB]
  const CAROL = { userId: 'carol-id', username: 'carol' }
  await signedIn()
  const list = show(
    named('Garden'),
    named('alice, bob', { roomId: 'dm-1', kind: 'direct', people }),
    named('alice', { roomId: 'dm-2', kind: 'direct', people: [ME] }),
    named('Hidden', { kind: 'direct', people, lastSeq: 3, hiddenAtSeq: 3 }),
    named('Again', { kind: 'direct', people: [ME, CAROL], lastSeq: 4, hiddenAtSeq: 3 }),
  )
  const direct = list.get('ul[aria-label="Direct messages"]')
  expect(direct.findAll('bdi').map((name) => name.text())).toEqual(['alice (you)', 'bob', 'carol'])
  expect(list.get('ul[aria-label="Rooms"]').text()).toContain('Garden')
})
