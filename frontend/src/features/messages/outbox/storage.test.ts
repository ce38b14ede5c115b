import { beforeEach, expect, it } from 'vitest'
import { OutboxStorage, type OutboxEntry } from './storage'

const entry: OutboxEntry = {
  clientMessageId: 'one',
  roomId: 'room',
  message: 'Hello',
  createdAt: 1,
  state: 'sending',
}

beforeEach(() => localStorage.clear())

it.each([
  'null',
  '{}',
  '[]',
  '"text"',
  '{"half',
  JSON.stringify({ ...entry, message: undefined }),
  JSON.stringify({ ...entry, message: { text: 'x' } }),
  JSON.stringify({ ...entry, createdAt: 'zzz' }),
  JSON.stringify({ ...entry, createdAt: null }),
  JSON.stringify({ ...entry, state: 'flying' }),
  JSON.stringify({ ...entry, reason: 5 }),
])('passes over what is no entry: %s', (text) => {
  const storage = new OutboxStorage('alice')
  storage.save(entry)
  localStorage.setItem('parley.outbox.alice.two', text)

  expect(storage.load()).toEqual([entry])
})
