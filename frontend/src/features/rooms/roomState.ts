import type { MemberChanged, RoomSummary } from '@/api/types.gen'

/**
 * The newer of two summaries of one room. The membership is settled by its version; sequence numbers only grow while
 * one is a member, so a summary that was read earlier cannot turn them back.
 */
export function newer(known: RoomSummary | undefined, incoming: RoomSummary): RoomSummary {
  if (!known) return incoming
  const membership = incoming.version >= known.version ? incoming : known
  if (known.status !== 'approved' || incoming.status !== 'approved') return membership
  return {
    ...membership,
    pendingCount: incoming.pendingCount,
    lastSeq: Math.max(known.lastSeq, incoming.lastSeq),
    lastReadSeq: Math.max(known.lastReadSeq, incoming.lastReadSeq),
    lastTimestamp: Math.max(known.lastTimestamp, incoming.lastTimestamp),
    rev: Math.max(known.rev, incoming.rev),
  }
}

/** A room after a change of one's own membership. Someone who is no longer approved hears nothing of it. */
export function withMembership(room: RoomSummary, change: MemberChanged): RoomSummary {
  const { status, isAdmin, version } = change
  const changed = { ...room, status, isAdmin, version }
  return status === 'approved'
    ? changed
    : { ...changed, pendingCount: undefined, lastSeq: 0, lastReadSeq: 0, lastTimestamp: 0, rev: 0 }
}

/** The person has asked to join, and is not a member: the request waits, or was declined. */
export function isRequest({ status }: RoomSummary): boolean {
  return status === 'pending' || status === 'rejected'
}

export function unread(room: RoomSummary): number {
  return room.status === 'approved' ? Math.max(0, room.lastSeq - room.lastReadSeq) : 0
}

export function byActivity(a: RoomSummary, b: RoomSummary): number {
  return b.lastTimestamp - a.lastTimestamp || a.roomName.localeCompare(b.roomName)
}
