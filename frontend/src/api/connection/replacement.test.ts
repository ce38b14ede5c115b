import { describe, expect, it } from 'vitest'
import { MIN_TOKEN_AT_REPLACEMENT_MS, msUntilReplacement } from './replacement'

const MINUTE = 60_000
const NEVER = Number.MAX_SAFE_INTEGER

describe('the moment of replacement', () => {
  it('lies between 60 and 110 minutes when the token lasts', () => {
    expect(msUntilReplacement(0, NEVER, () => 0)).toBe(60 * MINUTE)
    expect(msUntilReplacement(0, NEVER, () => 1)).toBe(110 * MINUTE)
  })

  it('comes one to two minutes before the token ends', () => {
    expect(msUntilReplacement(0, 30 * MINUTE, () => 0)).toBe(29 * MINUTE)
    expect(msUntilReplacement(0, 30 * MINUTE, () => 1)).toBe(28 * MINUTE)
  })

  it('is never at once, so that a token which is about to end causes no storm', () => {
    expect(msUntilReplacement(0, 0, () => 0)).toBeGreaterThanOrEqual(10_000)
  })

  it('asks for a token that outlasts the moment of its own replacement', () => {
    expect(msUntilReplacement(0, MIN_TOKEN_AT_REPLACEMENT_MS, () => 1)).toBeGreaterThan(5 * MINUTE)
  })
})
