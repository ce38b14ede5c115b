import { afterEach, describe, expect, it, vi } from 'vitest'
import { fillStorage, forbidStorage } from '@/testing/storage'
import { safeStorage } from './safeStorage'

afterEach(() => vi.unstubAllGlobals())

it('what is set is there after a reload', () => {
  expect(safeStorage.setItem('a', '1')).toBe(true)
  expect(localStorage.getItem('a')).toBe('1')
  expect(safeStorage.getItem('a')).toBe('1')
  expect(safeStorage.keys()).toEqual(['a'])
})

describe.each([
  ['forbidden', forbidStorage],
  ['full', fillStorage],
])('where localStorage is %s', (_, arrange) => {
  it('what is set lasts as long as the page', () => {
    arrange()
    expect(safeStorage.setItem('b', '1')).toBe(false)
    expect(safeStorage.getItem('b')).toBe('1')
    expect(safeStorage.keys()).toContain('b')

    safeStorage.removeItem('b')
    expect(safeStorage.getItem('b')).toBeNull()
  })
})

it('what was set before it was full does not come back', () => {
  safeStorage.setItem('c', 'old')
  fillStorage()
  safeStorage.setItem('c', 'new')
  expect(safeStorage.getItem('c')).toBe('new')

  vi.unstubAllGlobals()
  safeStorage.setItem('c', 'newest')
  expect(safeStorage.getItem('c')).toBe('newest')
  safeStorage.removeItem('c')
  expect(safeStorage.getItem('c')).toBeNull()
})
