import { expect, it } from 'vitest'
import { Refused } from '@/api/errors'
import type { ErrorCode, Reason } from '@/api/types.gen'
import { refusal } from '@/testing/builders'
import { explainPerson, explainRoom } from './explainRooms'

const refused = (code: ErrorCode, reason: Reason, field?: string) =>
  new Refused(refusal(code, { reason, field }))

it.each<[Reason, RegExp]>([
  ['lastAdmin', /only admin/],
  ['tooManyAdmins', /20 admins/],
  ['tooManyRooms', /room limit/],
  ['alreadyMember', /already a member/],
  ['memberBanned', /banned/],
  ['memberRejected', /declined/],
  ['notBanned', /not banned/],
])('%s', (reason, words) => {
  expect(explainRoom(refused('conflict', reason))).toMatch(words)
})

it('a banned person is told so', () => {
  expect(explainRoom(refused('forbidden', 'banned'))).toBe('You were banned by an admin.')
})

it('a person who is not there is not called a room', () => {
  expect(explainPerson(refused('notFound', 'roomNotFound'))).toMatch(/left the room/)
  expect(explainRoom(refused('notFound', 'roomNotFound'))).toMatch(/room/)
})

it('an id that no room can have belongs to no room', () => {
  const error = refused('badRequest', 'invalid', 'roomId')
  expect(explainRoom(error)).toBe(explainRoom(refused('notFound', 'roomNotFound')))
})
