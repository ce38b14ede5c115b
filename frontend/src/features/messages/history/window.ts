import {
  MAX_EXCERPT_CHARACTERS,
  type Changed,
  type MessageHistory,
  type Quoted,
  type StoredMessage,
} from '@/api/types.gen'

/**
 * The part of a room's history that is held here. Up to `end` it is complete; what lies beyond was pushed ahead of
 * messages that are still missing. Rooms number their messages without holes, but old ones expire, so a page from the
 * server is complete whatever its numbers, and only what is pushed is judged by them.
 */
export interface Window {
  /** Ordered by seq, each messageId once. */
  readonly messages: readonly StoredMessage[]
  /** Complete up to this seq … */
  readonly end: number
  /** … and to continue, ask for what follows this sortKey. Undefined in a room without messages. */
  readonly cursor: string | undefined
  readonly hasEarlier: boolean
  /** Further messages follow that nobody has asked for yet: what is pushed then does not join on. */
  readonly hasLater?: boolean
  /** Every change of the room up to this `rev` is in the messages … */
  readonly rev: number
  /** … and these, which were heard while one before them is missing. */
  readonly ahead: readonly Range[]
}

/** The changes after one `rev` and up to another. */
export type Range = readonly [after: number, upTo: number]

type Page = Pick<MessageHistory, 'messages' | 'hasMore' | 'rev'>
type Changes = Pick<Changed, 'fromRev' | 'rev' | 'messages'>

/** Opens a window on the latest page. `head` is the last seq that was known before the page was asked for. */
export function latest(page: Page, head: number): Window {
  const last = page.messages.at(-1)
  return {
    messages: page.messages,
    end: Math.max(head, last?.seq ?? 0),
    cursor: last?.sortKey,
    hasEarlier: page.hasMore,
    rev: page.rev ?? 0,
    ahead: [],
  }
}

/** Opens a window in the midst of a history, on the page that follows a place. */
export function detached(page: Page, head: number): Window {
  const last = page.messages.at(-1)
  return {
    messages: page.messages,
    end: page.hasMore ? (last?.seq ?? 0) : Math.max(head, last?.seq ?? 0),
    cursor: last?.sortKey,
    hasEarlier: true,
    hasLater: page.hasMore,
    rev: page.rev ?? 0,
    ahead: [],
  }
}

/** Opens a window on the page around a message. */
export function around(page: Page & Pick<MessageHistory, 'hasAfter'>, head: number): Window {
  const window = detached({ ...page, hasMore: Boolean(page.hasAfter) }, head)
  return { ...window, hasEarlier: page.hasMore }
}

/**
 * Takes in what was pushed: it belongs to the complete part only if nothing is missing before it. What is older than
 * the window (a push that waited long in a queue) comes with its page: put in now, it would hide what lies between.
 */
export function withPushed(window: Window, message: StoredMessage): Window {
  const first = window.messages[0]
  if (window.hasEarlier && first && message.seq < first.seq) return window
  if (window.hasLater && message.seq > window.end) return window
  return absorb({ ...window, messages: insert(window.messages, [message]) })
}

/**
 * Takes in messages as they are after some changes. These count once none is missing before them: until then they are
 * kept aside. As a change tells whole messages, doubled and late ones do no harm.
 */
export function withChanges(window: Window, changes: Changes): Window {
  const held = changes.messages.reduce(withPushed, window)
  const ranges = [...held.ahead, [changes.fromRev, changes.rev] as const].sort(([a], [b]) => a - b)
  let rev = held.rev
  const ahead = ranges.filter(([after, upTo]) => {
    if (after > rev) return true
    rev = Math.max(rev, upTo)
    return false
  })
  return { ...held, rev, ahead }
}

/** The newest change that is known of. */
export function newestRev(window: Window): number {
  return Math.max(window.rev, ...window.ahead.map(([, upTo]) => upTo))
}

/** A page may have been read before changes that were heard since: what it holds is as of its own `rev`. */
function asOf(window: Window, page: Page): Window {
  return { ...window, rev: Math.min(window.rev, page.rev ?? 0), ahead: [] }
}

/** Takes in the page that follows the cursor. The last page reaches to `head`, whatever has expired before it. */
export function withFollowing(window: Window, page: Page, head: number): Window {
  const last = page.messages.at(-1)
  const reached = Math.max(window.end, last?.seq ?? 0, page.hasMore && last ? 0 : head)
  return absorb({
    ...asOf(window, page),
    messages: insert(window.messages, page.messages),
    end: reached,
    cursor: last?.sortKey ?? window.cursor,
    hasLater: window.hasLater && page.hasMore,
  })
}

export function withEarlier(window: Window, page: Page): Window {
  return {
    ...asOf(window, page),
    messages: insert(window.messages, page.messages),
    hasEarlier: page.hasMore,
  }
}

export function newestSeq(window: Window): number {
  return Math.max(window.end, window.messages.at(-1)?.seq ?? 0)
}

/** Moves the end over messages that were pushed ahead and now follow without a gap. */
function absorb(window: Window): Window {
  let { end, cursor } = window
  for (const message of following(window.messages, cursor)) {
    if (message.seq > end + 1) break
    end = Math.max(end, message.seq)
    cursor = message.sortKey
  }
  return { ...window, end, cursor }
}

function following(messages: readonly StoredMessage[], cursor: string | undefined) {
  if (cursor === undefined) return messages
  const at = messages.findLastIndex((message) => message.sortKey <= cursor)
  return messages.slice(at + 1)
}

function insert(
  messages: readonly StoredMessage[],
  incoming: readonly StoredMessage[],
): readonly StoredMessage[] {
  const byId = new Map(messages.map((message) => [message.messageId, message]))
  for (const message of incoming) {
    byId.set(message.messageId, fresher(byId.get(message.messageId), message))
  }
  const changed = new Map(incoming.map((message) => [message.sortKey, message]))
  return [...byId.values()]
    .map((message) => withCurrentQuote(message, changed))
    .sort((a, b) => a.seq - b.seq)
}

/** A change of a message is not told for each quote of it. */
function withCurrentQuote(
  message: StoredMessage,
  changed: ReadonlyMap<string, StoredMessage>,
): StoredMessage {
  const { quoted } = message
  const original = quoted && changed.get(quoted.sortKey)
  if (!original || (original.rev ?? 0) <= (quoted.rev ?? 0)) return message
  return { ...message, quoted: asQuoted(original) }
}

/** The beginning of a message, as it stands in a quote. */
export function asQuoted(message: StoredMessage): Quoted {
  const { sortKey, seq, userId, username, deletedAt, rev } = message
  const excerpt = message.message.slice(0, MAX_EXCERPT_CHARACTERS)
  return { sortKey, seq, userId, username, excerpt, deletedAt, rev }
}

/** Two states of one message: that of the later change wins, whichever arrived last. */
function fresher(known: StoredMessage | undefined, incoming: StoredMessage): StoredMessage {
  return known && (known.rev ?? 0) > (incoming.rev ?? 0) ? known : incoming
}
