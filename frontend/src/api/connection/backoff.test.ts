import { describe, expect, it } from 'vitest'
import { backoff, BACKOFF_BASE_MS, BACKOFF_CAP_MS } from './backoff'

describe('backoff', () => {
  it('lies anywhere between nothing and a bound that doubles with each attempt', () => {
    const bounds = [0, 1, 2, 3].map((attempt) => backoff(attempt, () => 1))

    expect(bounds).toEqual([500, 1_000, 2_000, 4_000])
    expect(backoff(3, () => 0)).toBe(0)
    expect(backoff(3, () => 0.5)).toBe(2_000)
  })

  it('never exceeds the cap, however long the outage', () => {
    expect(backoff(6, () => 1)).toBe(BACKOFF_CAP_MS)
    expect(backoff(5_000, () => 1)).toBe(BACKOFF_CAP_MS)
  })

  it('starts at the base', () => {
    expect(backoff(0, () => 1)).toBe(BACKOFF_BASE_MS)
  })
})
