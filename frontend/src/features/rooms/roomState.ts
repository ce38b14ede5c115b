import type { Allowed, MemberChanged, RoomInfo, RoomSummary } from '@/api/types.gen'
import { mergedAttention, withoutRead } from './attention'

/**
 * The newer of two summaries of one room. The membership is settled by its version; sequence numbers only grow while
 * one is a member, so a summary that was read earlier cannot turn them back.
 */
export function newer(
  known: RoomSummary | undefined,
  incoming: RoomSummary,
  heardRev: (seq: number) => number = () => -1,
): RoomSummary {
  if (!known) return incoming
  const membership = incoming.version >= known.version ? incoming : known
  if (known.status !== 'approved' || incoming.status !== 'approved') return membership
  const info = incoming.infoRev >= known.infoRev ? incoming : known
  const settings = incoming.settingsVersion >= known.settingsVersion ? incoming : known
  return withoutRead({
    ...membership,
    ...mergedAttention(known, incoming, heardRev),
    ...pickInfo(info),
    pendingCount: incoming.pendingCount,
    lastSeq: Math.max(known.lastSeq, incoming.lastSeq),
    lastReadSeq: Math.max(known.lastReadSeq, incoming.lastReadSeq),
    lastTimestamp: Math.max(known.lastTimestamp, incoming.lastTimestamp),
    rev: Math.max(known.rev, incoming.rev),
    ...pickSettings(settings),
  })
}

/** What a room is called and how it works. */
export function pickInfo(room: RoomInfo): RoomInfo {
  const { roomName, topic, description, rules, archivedAt, infoRev } = room
  return { roomName, topic, description, rules, archivedAt, infoRev }
}

/** Whether the person may do what a rule of the room allows only some. */
export function may({ isAdmin, isModerator }: RoomSummary, allowed: Allowed): boolean {
  return allowed === 'everyone' || isAdmin || (allowed === 'moderators' && isModerator)
}

/** Whether the person lets people in and puts them out. */
export function mayModerate({ isAdmin, isModerator }: RoomSummary): boolean {
  return isAdmin || isModerator
}

export function isArchived({ archivedAt }: RoomSummary): boolean {
  return archivedAt !== undefined
}

type Settings = Pick<RoomSummary, 'level' | 'mutedUntil' | 'hiddenAtSeq' | 'settingsVersion'>

/** What the person wants of a room for themselves. */
export function pickSettings(room: Settings): Settings {
  const { level, mutedUntil, hiddenAtSeq, settingsVersion } = room
  return { level, mutedUntil, hiddenAtSeq, settingsVersion }
}

/** The person has hidden the room, and there was no message since. */
export function isHidden({ hiddenAtSeq, lastSeq }: RoomSummary): boolean {
  return hiddenAtSeq !== undefined && lastSeq <= hiddenAtSeq
}

/** A direct room goes by the names of the others; one without others, which holds notes, by one's own. */
export function named(room: RoomSummary, userId: string): RoomSummary {
  if (!room.people) return room
  const others = room.people.filter((person) => person.userId !== userId)
  const names = (others.length ? others : room.people).map(({ username }) => username)
  return { ...room, roomName: names.join(', ') }
}

/** A room after a change of one's own membership. Someone who is no longer approved hears nothing of it. */
export function withMembership(room: RoomSummary, change: MemberChanged): RoomSummary {
  const { status, isAdmin, isModerator, version } = change
  const changed = { ...room, status, isAdmin, isModerator, version }
  return status === 'approved' ? changed : { ...changed, ...NOTHING }
}

/** The person has asked to join, and is not a member: the request waits, or was declined. */
export function isRequest({ status }: RoomSummary): boolean {
  return status === 'pending' || status === 'rejected'
}

const NOTHING = {
  pendingCount: undefined,
  lastSeq: 0,
  lastReadSeq: 0,
  lastTimestamp: 0,
  rev: 0,
  gone: undefined,
  mentions: undefined,
}

/** What was deleted unread is not counted. */
export function unread({ status, lastSeq, lastReadSeq, gone }: RoomSummary): number {
  return status === 'approved' ? Math.max(0, lastSeq - lastReadSeq - (gone?.length ?? 0)) : 0
}

/** How many unread messages mention the person. */
export function unreadMentions({ status, mentions }: RoomSummary): number {
  return status === 'approved' ? (mentions?.length ?? 0) : 0
}

export function isMuted({ mutedUntil = 0 }: RoomSummary, now = Date.now()): boolean {
  return mutedUntil > now
}

/** How many messages call for the person: where all may disturb, all unread ones; else those that mention them. */
export function calling(room: RoomSummary): number {
  if (room.level === 'nothing') return 0
  return room.level === 'mentions' || isMuted(room) ? unreadMentions(room) : unread(room)
}

export function byActivity(a: RoomSummary, b: RoomSummary): number {
  return b.lastTimestamp - a.lastTimestamp || a.roomName.localeCompare(b.roomName)
}
