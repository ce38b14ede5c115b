import { afterEach, describe, expect, it, vi } from 'vitest'
import { fillStorage, forbidStorage } from '@/testing/storage'
import { kept } from './kept'

afterEach(() => vi.unstubAllGlobals())

it('what is set is there after a reload', () => {
  expect(kept.setItem('a', '1')).toBe(true)
  expect(localStorage.getItem('a')).toBe('1')
  expect(kept.getItem('a')).toBe('1')
  expect(kept.keys()).toEqual(['a'])
})

describe.each([
  ['forbidden', forbidStorage],
  ['full', fillStorage],
])('where localStorage is %s', (_, arrange) => {
  it('what is set lasts as long as the page', () => {
    arrange()
    expect(kept.setItem('b', '1')).toBe(false)
    expect(kept.getItem('b')).toBe('1')
    expect(kept.keys()).toContain('b')

    kept.removeItem('b')
    expect(kept.getItem('b')).toBeNull()
  })
})

it('what was set before it was full does not come back', () => {
  kept.setItem('c', 'old')
  fillStorage()
  kept.setItem('c', 'new')
  expect(kept.getItem('c')).toBe('new')

  vi.unstubAllGlobals()
  kept.setItem('c', 'newest')
  expect(kept.getItem('c')).toBe('newest')
  kept.removeItem('c')
  expect(kept.getItem('c')).toBeNull()
})
