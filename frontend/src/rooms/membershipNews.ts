import type { RoomSummary, ServerEvent } from '@/protocol/types.gen'

/** What an event means for the person's place in a room, in words; undefined when they need not be told. */
export function membershipNews(
  event: ServerEvent,
  room: RoomSummary | undefined,
  myUserId: string | undefined,
): string | undefined {
  const name = room?.roomName ?? 'the room'
  if (event.action === 'joinResponse' && event.requestId === undefined) {
    if (event.status === 'approved') return `You are now a member of ${name}.`
    if (event.status === 'rejected') return `Your request to join ${name} was declined.`
  }
  if (
    event.action === 'memberChanged' &&
    event.userId === myUserId &&
    room?.status === 'approved'
  ) {
    if (event.version <= room.version) return undefined
    if (event.status === 'banned') return `You have been banned from ${name}.`
    if (event.status === 'left') return `You are no longer a member of ${name}.`
  }
  return undefined
}
