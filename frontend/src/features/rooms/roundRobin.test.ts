import { expect, it } from 'vitest'
import { roundRobin } from './roundRobin'

it('every room gets its turn, as many at a time as a ping may name', () => {
  const next = roundRobin(2)
  const rooms = ['a', 'b', 'c', 'd', 'e']

  expect([next(rooms), next(rooms), next(rooms), next(rooms)]).toEqual([
    ['a', 'b'],
    ['c', 'd'],
    ['e'],
    ['a', 'b'],
  ])
})

it('starts over when the list has become shorter', () => {
  const next = roundRobin(2)
  next(['a', 'b', 'c', 'd'])

  expect(next(['a'])).toEqual(['a'])
})
