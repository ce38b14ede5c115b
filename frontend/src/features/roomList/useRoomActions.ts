import { Bell, BellOff, CheckCheck, Link, Star, StarOff } from '@lucide/vue'
import { useRouter } from 'vue-router'
import type { RoomSummary } from '@/api/types.gen'
import { useMarks } from '@/features/reading'
import { inviteLink, unread, useFavourites, useMutes } from '@/features/rooms'
import { t } from '@/shared/i18n/i18n'
import type { MenuAction } from '@/ui/menus/placedMenu'
import { useCopy } from '@/ui/useCopy'

/** What can be done with a room without opening it. */
export function useRoomActions(): (room: RoomSummary) => MenuAction[] {
  const mutes = useMutes()
  const favourites = useFavourites()
  const copy = useCopy()
  const router = useRouter()
  const marks = useMarks()

  function markRead({ roomId, lastSeq }: RoomSummary): void {
    marks.see(roomId, lastSeq)
    marks.flush()
  }

  return (room) => {
    const { roomId } = room
    const isFavourite = favourites.has(roomId)
    const isMuted = mutes.has(roomId)
    const read: MenuAction = {
      name: 'read',
      label: t('rooms.markRead'),
      icon: CheckCheck,
      run: () => markRead(room),
    }
    return [
      ...(unread(room) ? [read] : []),
      {
        name: 'favourite',
        label: t(isFavourite ? 'rooms.unfavourite' : 'rooms.favourite'),
        icon: isFavourite ? StarOff : Star,
        run: () => favourites.set(roomId, !isFavourite),
      },
      {
        name: 'mute',
        label: t(isMuted ? 'rooms.unmute' : 'rooms.mute'),
        icon: isMuted ? Bell : BellOff,
        run: () => mutes.set(roomId, !isMuted),
      },
      {
        name: 'link',
        label: t('rooms.copyLink'),
        icon: Link,
        run: () => void copy(inviteLink(router, roomId), 'rooms.linkCopied'),
      },
    ]
  }
}
