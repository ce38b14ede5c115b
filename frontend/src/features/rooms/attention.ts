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

/** Two states of one room together: of what only one of them can know, that one counts. */
export function mergedAttention(
  known: RoomSummary,
  incoming: RoomSummary,
): Pick<RoomSummary, 'gone' | 'mentions'> {
  const kept = known.mentions?.filter((seq) => seq > incoming.lastSeq || incoming.rev < known.rev)
  return {
    gone: [...(known.gone ?? []), ...(incoming.gone ?? [])],
    mentions: [...(incoming.mentions ?? []), ...(kept ?? [])],
  }
}

const ordered = (seqs: number[] = []): number[] => [...new Set(seqs)].sort((a, b) => a - b)
