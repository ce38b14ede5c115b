import { describe, expect, it } from 'vitest'
import type { OutboxEntry } from '@/features/messages/outbox/storage'
import { aMessage, ME, messages } from '@/testing/builders'
import { countBeyond, GROUP_MS, toRows } from './rows'

const NOON = new Date(2026, 4, 12, 12).getTime()
const at = (seq: number, timestamp: number, changes = {}) =>
  aMessage(seq, { timestamp, ...changes })
const anEntry = (changes: Partial<OutboxEntry> = {}): OutboxEntry => ({
  clientMessageId: 'entry',
  roomId: 'room',
  message: 'On its way',
  createdAt: NOON,
  state: 'sending',
  ...changes,
})

describe('groups', () => {
  const starts = (list: Parameters<typeof toRows>[0]) =>
    toRows(list, [], ME).map(({ startsGroup }) => startsGroup)

  it('are of one person', () => {
    expect(starts([at(1, NOON), at(2, NOON), at(3, NOON, ME), at(4, NOON)])).toEqual([
      true,
      false,
      true,
      true,
    ])
  })

  it('end after a while', () => {
    expect(starts([at(1, NOON), at(2, NOON + GROUP_MS)])).toEqual([true, true])
  })

  it('go on in what is on its way', () => {
    const rows = toRows([at(1, NOON, ME)], [anEntry()], ME)
    expect(rows.map(({ startsGroup }) => startsGroup)).toEqual([true, false])
  })
})

it('a day begins with its first message, by the clock of the person who reads', () => {
  const midnight = new Date(2026, 4, 13).getTime()
  const rows = toRows([at(1, midnight - 1), at(2, midnight), at(3, midnight + 1)], [], ME)
  expect(rows.map(({ startsDay }) => startsDay)).toEqual([true, true, false])
  expect(rows[1]!.startsGroup).toBe(true)
})

describe('the mark of what is new', () => {
  const marked = (list: Parameters<typeof toRows>[0], readSeq?: number) =>
    toRows(list, [], ME, readSeq).flatMap(({ startsNew, seq }) => (startsNew ? [seq] : []))

  it('stands before the first message of others beyond what was read', () => {
    expect(marked([at(1, NOON), at(2, NOON, ME), at(3, NOON), at(4, NOON)], 1)).toEqual([3])
  })

  it('is absent when all is read, or nothing is to be marked', () => {
    expect(marked(messages(1, 3), 3)).toEqual([])
    expect(marked(messages(1, 3))).toEqual([])
  })
})

it('a message keeps its key as it is stored; nobody else can take it', () => {
  const [before] = toRows([], [anEntry()], ME)
  const stored = at(1, NOON, { ...ME, clientMessageId: 'entry' })
  const forged = at(2, NOON, { clientMessageId: 'entry' })
  expect(toRows([stored, forged], [], ME).map(({ key }) => key)).toEqual([before!.key, 'message-2'])
})

it('tells what state a message is in', () => {
  const rows = toRows([at(1, NOON, { deletedAt: NOON })], [anEntry({ state: 'failed' })], ME)
  expect(rows.map(({ state }) => state)).toEqual(['deleted', 'failed'])
})

it('counts what others wrote beyond a place', () => {
  expect(countBeyond([...messages(1, 3), aMessage(4, ME), aMessage(5)], 2, ME)).toBe(2)
})
