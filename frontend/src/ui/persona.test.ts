import { describe, expect, it } from 'vitest'
import { avatarColour, initials } from './persona'

describe('initials', () => {
  it.each([
    ['Ada Lovelace', 'AL'],
    ['ada.lovelace', 'AL'],
    ['alice', 'A'],
    ['  the   garden room ', 'TG'],
    ['👩‍👩‍👧‍👦 family', '👩‍👩‍👧‍👦F'],
    ['محمد علي', 'مع'],
    ['-', '-'],
    ['', ''],
  ])('of %s are %s', (name, expected) => expect(initials(name)).toBe(expected))
})

it('a colour belongs to an id, and ids are spread over the colours', () => {
  const ids = Array.from({ length: 200 }, (_, index) => `user-${index}`)
  expect(ids.map(avatarColour)).toEqual(ids.map(avatarColour))
  expect(new Set(ids.map(avatarColour)).size).toBe(10)
})
