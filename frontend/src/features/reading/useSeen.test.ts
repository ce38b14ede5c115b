import { beforeEach, expect, it, vi } from 'vitest'
import { aRoom, welcome } from '@/testing/builders'
import { FakeServer } from '@/testing/fakeServer'
import { useRooms } from '@/features/rooms/useRooms'
import { inSession } from '@/testing/signedIn'
import { useSeen } from './useSeen'

const rows = Array.from({ length: 100 }, (_, index) => ({ seq: index + 1 }))

beforeEach(async () => {
  new FakeServer({ hello: () => welcome([aRoom({ lastSeq: 100, lastReadSeq: 40 })]) })
  await inSession()
})

it('goes as far as rows have been in view', () => {
  const { seenSeq, onView } = useSeen('room')
  expect(seenSeq.value).toBe(40)
  onView(rows, 38, 55)
  expect(seenSeq.value).toBe(56)
  onView(rows, 50, 70)
  expect(seenSeq.value).toBe(71)
})

it('stops where rows were jumped over, until one goes back to them', () => {
  const { seenSeq, onView } = useSeen('room')
  onView(rows, 80, 99)
  expect(seenSeq.value).toBe(40)

  onView(rows, 30, 60)
  onView(rows, 61, 99)
  expect(seenSeq.value).toBe(100)
})

it('includes what was read elsewhere', () => {
  const { seenSeq, onView } = useSeen('room')
  useRooms().see('room', 79)
  onView(rows, 79, 99)

  expect(seenSeq.value).toBe(100)
})

it('sees nothing while the page cannot be seen', () => {
  const { seenSeq, onView } = useSeen('room')
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  onView(rows, 30, 99)

  expect(seenSeq.value).toBe(40)
})
