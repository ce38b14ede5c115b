import { expect, it, vi } from 'vitest'
import { aRoom } from '@/testing/builders'
import { matchRooms } from './matchRooms'

const rooms = ['Garden', 'Old garden', 'Café', 'İstanbul', 'Istanbul'].map((roomName) =>
  aRoom({ roomName }),
)
const found = (query: string) => matchRooms(rooms, query).map(({ roomName }) => roomName)

it.each([
  ['', ['Garden', 'Old garden', 'Café', 'İstanbul', 'Istanbul']],
  ['gar', ['Garden', 'Old garden']],
  ['garden OLD', ['Old garden']],
  ['old', ['Old garden']],
  ['cafe', ['Café']],
  ['kitchen', []],
  ['istanbul', ['İstanbul', 'Istanbul']],
  ['ıstanbul', ['İstanbul', 'Istanbul']],
])('%j finds %j', (query, expected) => expect(found(query)).toEqual(expected))

it('finds the same in a Turkish browser', () => {
  vi.spyOn(String.prototype, 'toLocaleLowerCase').mockImplementation(function (this: string) {
    return this.replaceAll('I', 'ı').toLowerCase()
  })
  expect(found('ISTANBUL')).toEqual(['İstanbul', 'Istanbul'])
})

it('puts first what begins with it', () => {
  expect(matchRooms([...rooms].reverse(), 'gar').map(({ roomName }) => roomName)[0]).toBe('Garden')
})
