import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { deleteCopies, keepCopy, readCopy } from './offlineCopy'

it('keeps what it is given, by person and name', async () => {
  await keepCopy('alice', 'rooms', [{ roomId: 'room' }])
  await keepCopy('bob', 'rooms', [])

  expect(await readCopy('alice', 'rooms')).toEqual([{ roomId: 'room' }])
  expect(await readCopy('bob', 'rooms')).toEqual([])
  expect(await readCopy('alice', 'messages room')).toBeUndefined()
})

it('deletes one copy, or all of a person', async () => {
  await keepCopy('alice', 'rooms', 1)
  await keepCopy('alice', 'messages room', 2)
  await keepCopy('bob', 'rooms', 3)

  await deleteCopies('alice', 'messages room')
  expect(await readCopy('alice', 'messages room')).toBeUndefined()
  expect(await readCopy('alice', 'rooms')).toBe(1)

  await deleteCopies('alice')
  expect(await readCopy('alice', 'rooms')).toBeUndefined()
  expect(await readCopy('bob', 'rooms')).toBe(3)
})
