import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { useAuth } from '@/features/auth/useAuth'
import { aRoom, BOB, ME } from '@/testing/builders'
import { useMutes } from './useMutes'
import { useRooms } from '@/features/rooms/useRooms'

beforeEach(fresh)

function fresh(): void {
  setActivePinia(createPinia())
  useAuth().user = ME
}

it('a room is muted until it is not, also after a reload, for one person', () => {
  useMutes().set('room', true)
  expect(useMutes().has('room')).toBe(true)
  fresh()
  expect(useMutes().has('room')).toBe(true)

  useAuth().user = BOB
  expect(useMutes().has('room')).toBe(false)
  useAuth().user = ME
  useMutes().set('room', false)
  expect(useMutes().has('room')).toBe(false)
})

it('what is unread in a muted room calls nobody', () => {
  useRooms().replaceAll([
    aRoom({ lastSeq: 3 }),
    aRoom({ roomId: 'loud', roomName: 'Loud', lastSeq: 2 }),
  ])
  expect(useRooms().totalUnread).toBe(5)

  useMutes().set('room', true)
  expect(useRooms().totalUnread).toBe(2)
})
