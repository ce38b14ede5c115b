import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { listTime } from './listTime'

const at = (...parts: [number, number, number, number?, number?]) => new Date(...parts).getTime()
const NOW = at(2026, 4, 12, 9, 5)
beforeEach(() => setActivePinia(createPinia()))

it.each([
  [at(2026, 4, 12, 8, 1), /8:01/],
  [at(2026, 4, 11, 23, 59), /^Mon$/],
  [at(2026, 4, 7, 12, 0), /^Thu$/],
  [at(2026, 2, 1, 12, 0), /^3\/1$/],
  [at(2025, 2, 1, 12, 0), /^3\/1\/25$/],
])('%d is short', (timestamp, text) => expect(listTime(timestamp, NOW)).toMatch(text))
