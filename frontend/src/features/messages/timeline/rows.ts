import type { OutboxEntry } from '@/features/messages/outbox'
import type { StoredMessage } from '@/api/types.gen'

/** Messages of one person within this time belong together. */
export const GROUP_MS = 5 * 60 * 1000
/** After so many the author is named again: in a long burst the name would be out of sight. */
export const GROUP_ROWS = 15

/** A line of the conversation: a message, stored or on its way, and what it begins. */
export interface Row {
  /** The same before and after the message is stored, so that it stays the same element. */
  key: string
  userId: string
  username: string
  text: string
  timestamp: number
  seq: number | undefined
  state: 'stored' | 'deleted' | 'sending' | 'failed'
  /** The message, where it is stored … */
  stored?: StoredMessage
  /** … and what is not stored yet. */
  entry?: OutboxEntry
  startsDay: boolean
  startsGroup: boolean
  /** What comes from here on was written since the person last looked. */
  startsNew: boolean
}

interface Person {
  userId: string
  username: string
}

/** `readSeq`: what lies beyond it, of others, is new; undefined where nothing is to be marked. */
export function toRows(
  messages: readonly StoredMessage[],
  unsent: readonly OutboxEntry[],
  me: Person,
  readSeq?: number,
): Row[] {
  const rows = [
    ...messages.map((message) => fromMessage(message, me)),
    ...unsent.map((entry) => fromEntry(entry, me)),
  ]
  const firstNew = readSeq === undefined ? undefined : rows.find(isNew(readSeq, me))
  let inGroup = 0
  rows.forEach((row, index) => {
    const before = rows[index - 1]
    row.startsDay = !before || !isSameDay(before.timestamp, row.timestamp)
    row.startsNew = row === firstNew
    row.startsGroup =
      row.startsDay ||
      row.startsNew ||
      !before ||
      inGroup >= GROUP_ROWS ||
      !belongTogether(before, row)
    inGroup = row.startsGroup ? 1 : inGroup + 1
  })
  return rows
}

/** How many messages of others lie beyond a seq. */
export function countBeyond(messages: readonly StoredMessage[], seq: number, me: Person): number {
  let count = 0
  for (let index = messages.length - 1; index >= 0; index--) {
    const message = messages[index]
    if (!message || message.seq <= seq) break
    if (message.userId !== me.userId) count++
  }
  return count
}

const START = { startsDay: false, startsGroup: false, startsNew: false }

function fromMessage(message: StoredMessage, me: Person): Row {
  const { messageId, clientMessageId, userId, username, timestamp, seq } = message
  return {
    ...START,
    key: userId === me.userId && clientMessageId ? clientMessageId : messageId,
    userId,
    username,
    text: message.message,
    timestamp,
    seq,
    state: message.deletedAt ? 'deleted' : 'stored',
    stored: message,
  }
}

function fromEntry(entry: OutboxEntry, me: Person): Row {
  return {
    ...START,
    ...me,
    key: entry.clientMessageId,
    text: entry.message,
    timestamp: entry.createdAt,
    seq: undefined,
    state: entry.state,
    entry,
  }
}

function isNew(readSeq: number, me: Person) {
  return ({ seq, userId }: Row) => seq !== undefined && seq > readSeq && userId !== me.userId
}

function belongTogether(a: Row, b: Row): boolean {
  return a.userId === b.userId && Math.abs(b.timestamp - a.timestamp) < GROUP_MS
}

function isSameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString()
}
