import { describe, expect, it } from 'vitest'
import { aRoom, BOB, ME, memberChanged } from '@/testing/builders'
import type { JoinResponse } from '@/api/types.gen'
import { membershipNews } from './membershipNews'

const room = aRoom({ version: 1 })
const answer: JoinResponse = { action: 'joinResponse', roomId: 'room', status: 'approved' }

describe('a person is told', () => {
  it.each([
    [answer, 'You joined Garden'],
    [{ ...answer, status: 'rejected' } as const, 'Your request to join Garden was declined'],
    [memberChanged({ status: 'banned' }), 'You were banned from Garden'],
    [memberChanged({ status: 'left' }), 'You’re no longer in Garden'],
  ])('of %o', (event, words) => {
    expect(membershipNews(event, room, ME.userId)).toBe(words)
  })
})

describe('a person is not told', () => {
  it.each([
    ['the answer to their own question', { ...answer, requestId: 'mine' }],
    ['that they wait', { ...answer, status: 'pending' } as const],
    ['what happened to somebody else', memberChanged({ ...BOB, status: 'banned' })],
    ['what they knew', memberChanged({ status: 'banned', version: 1 })],
  ])('%s', (_, event) => {
    expect(membershipNews(event, room, ME.userId)).toBeUndefined()
  })
})
