import type {
  Error as ErrorEvent,
  ErrorCode,
  MemberChanged,
  Message,
  MessageHistory,
  MessageSent,
  Pong,
  Reason,
  Rooms,
  RoomSummary,
  SendMessage,
  StoredMessage,
  Welcome,
} from '@/api/types.gen'

export const ME = { userId: 'alice-id', username: 'alice' }
export const BOB = { userId: 'bob-id', username: 'bob' }

export function aRoom(changes: Partial<RoomSummary> = {}): RoomSummary {
  return {
    roomId: 'room',
    roomName: 'Garden',
    kind: 'group',
    visibility: 'approval',
    status: 'approved',
    version: 1,
    isAdmin: false,
    isModerator: false,
    rules: { post: 'everyone', pin: 'everyone', mentionRoom: 'moderators' },
    infoRev: 0,
    lastSeq: 0,
    lastReadSeq: 0,
    lastTimestamp: 0,
    rev: 0,
    level: 'all',
    settingsVersion: 0,
    ...changes,
  }
}

export function aMessage(seq: number, changes: Partial<StoredMessage> = {}): StoredMessage {
  return {
    roomId: 'room',
    messageId: `message-${seq}`,
    message: `Text ${seq}`,
    timestamp: seq * 1000,
    seq,
    sortKey: sortKey(seq),
    ...BOB,
    ...changes,
  }
}

/** Sort keys order as texts, the way the server's do. */
export function sortKey(seq: number): string {
  return `${String(seq).padStart(8, '0')}#message-${seq}`
}

export function messages(from: number, to: number): StoredMessage[] {
  return Array.from({ length: to - from + 1 }, (_, index) => aMessage(from + index))
}

export function pushed(message: StoredMessage): Message {
  return { action: 'message', ...message }
}

export function history(page: StoredMessage[], hasMore = false, rev = 0): MessageHistory {
  return { action: 'messageHistory', roomId: 'room', messages: page, hasMore, rev }
}

export function welcome(rooms: RoomSummary[], changes: Partial<Welcome> = {}): Welcome {
  return { action: 'welcome', ...ME, expiresAt: 0, rooms, hasMore: false, ...changes }
}

export function roomsPage(rooms: RoomSummary[], next?: string): Rooms {
  return { action: 'rooms', rooms, hasMore: next !== undefined, next }
}

export function memberChanged(changes: Partial<MemberChanged> = {}): MemberChanged {
  return {
    action: 'memberChanged',
    roomId: 'room',
    status: 'approved',
    isAdmin: false,
    isModerator: false,
    version: 2,
    ...ME,
    ...changes,
  }
}

export function sent(command: SendMessage, seq: number): MessageSent {
  return {
    action: 'messageSent',
    roomId: command.roomId ?? 'room',
    messageId: `message-${seq}`,
    clientMessageId: command.clientMessageId,
    seq,
    sortKey: sortKey(seq),
    timestamp: seq * 1000,
  }
}

export function pong(heads: Record<string, number> = {}, revs: Record<string, number> = {}): Pong {
  return { action: 'pong', time: 0, heads, revs }
}

/** One reason that goes with each code. */
const REASONS: Record<ErrorCode, Reason> = {
  badRequest: 'invalid',
  unknownAction: 'unknownAction',
  unauthorized: 'invalidToken',
  tokenExpired: 'tokenExpired',
  forbidden: 'adminsOnly',
  notFound: 'roomNotFound',
  conflict: 'lastAdmin',
  tooLarge: 'tooLarge',
  rateLimited: 'tooManyRequests',
  internal: 'internal',
}

export function refusal(code: ErrorCode, changes: Partial<ErrorEvent> = {}): ErrorEvent {
  return { action: 'error', code, reason: REASONS[code], message: `it is ${code}`, ...changes }
}
