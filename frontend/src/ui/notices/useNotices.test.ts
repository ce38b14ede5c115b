import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import { useNotices } from './useNotices'

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
})

const texts = () => useNotices().notices.map(({ text }) => text)
const action = { label: 'Undo', run: () => undefined }

it('a notice goes by itself; one that can be acted on later; one that must be seen never', () => {
  useNotices().say('plain')
  useNotices().say('undo', { action })
  useNotices().say('version', { action, stays: true })
  vi.advanceTimersByTime(8_000)
  expect(texts()).toEqual(['undo', 'version'])
  vi.advanceTimersByTime(24 * 3_600_000)
  expect(texts()).toEqual(['version'])
})

it('a newer notice takes the place of one about the same', () => {
  useNotices().say('declined', { topic: 'room 1' })
  useNotices().say('elsewhere', { topic: 'room 2' })
  useNotices().say('joined', { topic: 'room 1' })

  expect(texts()).toEqual(['elsewhere', 'joined'])
})

it('what is no longer true is withdrawn', () => {
  useNotices().say('banned', { topic: 'ban', action })
  useNotices().withdraw('ban')

  expect(texts()).toEqual([])
})
