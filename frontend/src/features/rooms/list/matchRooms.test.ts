import { expect, it } from 'vitest'
import { aRoom } from '@/testing/builders'
import { matchRooms } from './matchRooms'

const rooms = ['Garden', 'Old garden', 'Café'].map((roomName) => aRoom({ roomName }))
const found = (query: string) => matchRooms(rooms, query).map(({ roomName }) => roomName)

it.each([
  ['', ['Garden', 'Old garden', 'Café']],
  ['gar', ['Garden', 'Old garden']],
  ['garden OLD', ['Old garden']],
  ['old', ['Old garden']],
  ['cafe', ['Café']],
  ['kitchen', []],
])('%j finds %j', (query, expected) => expect(found(query)).toEqual(expected))

it('puts first what begins with it', () => {
  expect(matchRooms([...rooms].reverse(), 'gar').map(({ roomName }) => roomName)[0]).toBe('Garden')
})
