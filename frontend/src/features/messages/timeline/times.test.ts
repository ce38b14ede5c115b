import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { clockTime, dayName, fullTime, shortClockTime } from './times'

const at = (...parts: [number, number, number, number?, number?]) => new Date(...parts).getTime()
const NOW = at(2026, 4, 12, 9, 5)

beforeEach(() => setActivePinia(createPinia()))

it('a day has a name', () => {
  expect(dayName(at(2026, 4, 12, 0, 0), NOW)).toBe('Today')
  expect(dayName(at(2026, 4, 11, 23, 59), NOW)).toBe('Yesterday')
  expect(dayName(at(2026, 4, 10), NOW)).toMatch(/Sunday.*10/)
  expect(dayName(at(2026, 4, 10), NOW)).not.toContain('2026')
  expect(dayName(at(2025, 4, 10), NOW)).toContain('2025')
})

it('yesterday is yesterday when the clocks were changed in between', () => {
  expect(dayName(at(2026, 2, 28, 12), at(2026, 2, 29, 12))).toBe('Yesterday')
  expect(dayName(at(2026, 9, 24, 12), at(2026, 9, 25, 12))).toBe('Yesterday')
})

it('a time is short beside a message, and whole where one asks for it', () => {
  expect(clockTime(NOW)).toMatch(/^0?9:05/)
  expect(shortClockTime(NOW)).toMatch(/^0?9:05$/)
  expect(fullTime(NOW)).toMatch(/Tuesday.*2026.*9:05/)
})
