import { expect, it } from 'vitest'
import { Refused } from '@/connection/errors'
import { refusal } from '@/testing/builders'
import { explainPerson, explainRoom } from './explainRooms'

const refused = (...[code, message]: [Parameters<typeof refusal>[0], string]) =>
  new Refused(refusal(code, { message }))

it.each([
  ['roomId: a room keeps an admin; promote another member first', /only admin/],
  ['roomId: a room has at most 20 admins', /20 admins/],
  [
    'you are in 1000 rooms or have asked to join them, the most that one person may: leave one',
    /as many rooms/,
  ],
  ['targetUserId: this person is a member by now; use remove', /already a member/],
  ['targetUserId: this person is banned by now', /banned/],
  ['targetUserId: this person is rejected by now', /declined/],
  ['something new', /meanwhile/],
])('%s', (message, words) => {
  expect(explainRoom(refused('conflict', message))).toMatch(words)
})

it('somebody banned is told so', () => {
  const error = refused('forbidden', 'roomId: you have been banned from this room')
  expect(explainRoom(error)).toBe('You have been banned from this room.')
})

it('a person who is not there is not called a room', () => {
  expect(explainPerson(refused('notFound', 'x'))).toMatch(/person/)
  expect(explainRoom(refused('notFound', 'x'))).toMatch(/room/)
})

it('an id that no room can have is that of no room', () => {
  const error = refused('badRequest', 'roomId: string should have at most 128 characters')
  expect(explainRoom(error)).toBe(explainRoom(refused('notFound', 'x')))
})
