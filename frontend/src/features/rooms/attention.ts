import { MAX_GONE, type RoomSummary, type StoredMessage } from '@/api/types.gen'

/** A message as far as unread counts and mentions go; one's own answer names no author. */
export type Heard = Pick<
  StoredMessage,
  'seq' | 'rev' | 'mentions' | 'mentionsRoom' | 'deletedAt'
> & {
  userId?: string
}

/** A summary with what is gone and what mentions the person above `lastReadSeq`, in order. */
export function withoutRead(room: RoomSummary): RoomSummary {
  const isUnread = (seq: number) => seq > room.lastReadSeq
  const gone = ordered(room.gone?.filter(isUnread)).slice(-MAX_GONE)
  const mentions = ordered(room.mentions?.filter((seq) => isUnread(seq) && !gone.includes(seq)))
  return { ...room, gone, mentions }
}

/** What a message, as it now is, means for what is unread and for mentions of a person. */
export function attended(room: RoomSummary, message: Heard, userId: string): RoomSummary {
  const { seq } = message
  const isNamed =
    message.userId !== userId && message.mentions?.some((each) => each.userId === userId)
  const isForMe = !message.deletedAt && (message.mentionsRoom || isNamed)
  const others = room.mentions?.filter((each) => each !== seq) ?? []
  return withoutRead({
    ...room,
    gone: message.deletedAt ? [...(room.gone ?? []), seq] : room.gone,
    mentions: isForMe ? [...others, seq] : others,
  })
}

/** How far a room was told by the newest list: what that includes, and comes late by a push, counts no more. */
export interface Listed {
  seq: number
  rev: number
}

export function isListed({ seq, rev = 0 }: Heard, listed: Listed | undefined): boolean {
  return listed !== undefined && seq <= listed.seq && rev <= listed.rev
}

/**
 * What a list says of a room that is known already. Of a message that was heard of after the list was read, what was
 * heard counts; `heardRev` tells the `rev` of its newest state.
 */
export function mergedAttention(
  known: RoomSummary,
  incoming: RoomSummary,
  heardRev: (seq: number) => number,
): Pick<RoomSummary, 'gone' | 'mentions'> {
  const isHeardLater = (seq: number) => seq > incoming.lastSeq || heardRev(seq) > incoming.rev
  const listed = incoming.mentions?.filter((seq) => !isHeardLater(seq)) ?? []
  const heard = known.mentions?.filter(isHeardLater) ?? []
  return {
    gone: [...(known.gone ?? []), ...(incoming.gone ?? [])],
    mentions: [...listed, ...heard],
  }
}

const ordered = (seqs: number[] = []): number[] => [...new Set(seqs)].sort((a, b) => a - b)
