import { t } from '@/shared/i18n/i18n'
import type { RoomSummary, ServerEvent } from '@/api/types.gen'

/** What a notice of a ban is about: it is withdrawn when the ban is lifted, here or elsewhere. */
export const banTopic = (roomId: string, userId: string): string => `ban ${roomId} ${userId}`

/** What an event means for the person's place in a room, in words; undefined when they need not be told. */
export function membershipNews(
  event: ServerEvent,
  room: RoomSummary | undefined,
  myUserId: string | undefined,
): string | undefined {
  const name = { room: room?.roomName ?? t('rooms.news.theRoom') }
  if (event.action === 'joinResponse' && event.requestId === undefined) {
    if (event.status === 'approved') return t('rooms.news.approved', name)
    if (event.status === 'rejected') return t('rooms.news.declined', name)
  }
  if (
    event.action === 'memberChanged' &&
    event.userId === myUserId &&
    room?.status === 'approved'
  ) {
    if (event.version <= room.version) return undefined
    if (event.status === 'banned') return t('rooms.news.banned', name)
    if (event.status === 'left') return t('rooms.news.removed', name)
  }
  return undefined
}
