import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { useAuth } from '@/features/auth/useAuth'
import { BOB, ME } from '@/testing/builders'
import { useDrafts } from './drafts'

beforeEach(fresh)

function fresh(): void {
  setActivePinia(createPinia())
  useAuth().user = ME
}

it('each room has its own', () => {
  useDrafts().write('room', 'Dear all')
  expect(useDrafts().of('room')).toBe('Dear all')
  expect(useDrafts().of('other')).toBe('')
})

it('is there after a reload, for the same person only', () => {
  useDrafts().write('room', 'Dear all')
  fresh()
  expect(useDrafts().of('room')).toBe('Dear all')

  useAuth().user = BOB
  expect(useDrafts().of('room')).toBe('')
})

it('leaves nothing behind when it is empty', () => {
  useDrafts().write('room', 'Dear all')
  useDrafts().write('room', '')
  expect(localStorage.length).toBe(0)
})

it('what another tab sent is gone here too', () => {
  useDrafts().write('room', 'Dear all')
  fresh()
  expect(useDrafts().of('room')).toBe('Dear all')
  dispatchEvent(
    new StorageEvent('storage', { key: `parley.draft.${ME.userId}.room`, newValue: null }),
  )
  expect(useDrafts().of('room')).toBe('')
})
