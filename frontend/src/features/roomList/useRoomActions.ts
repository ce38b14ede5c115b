import { Bell, BellOff, CheckCheck, EyeOff, Link, Star, StarOff } from '@lucide/vue'
import { useRouter } from 'vue-router'
import type { RoomSummary } from '@/api/types.gen'
import { useMarks } from '@/features/reading'
import {
  inviteLink,
  isMuted,
  MUTED_FOR_EVER,
  unread,
  useFavourites,
  useRooms,
} from '@/features/rooms'
import { explain } from '@/api/explain'
import { useNotices } from '@/ui/notices/useNotices'
import { t } from '@/shared/i18n/i18n'
import type { MenuAction } from '@/ui/menus/placedMenu'
import { useCopy } from '@/ui/useCopy'

/** What can be done with a room without opening it. */
export function useRoomActions(): (room: RoomSummary) => MenuAction[] {
  const rooms = useRooms()
  const notices = useNotices()
  const favourites = useFavourites()
  const copy = useCopy()
  const router = useRouter()
  const marks = useMarks()

  function markRead({ roomId, lastSeq }: RoomSummary): void {
    marks.see(roomId, lastSeq)
    marks.flush()
  }

  function mute({ roomId, level }: RoomSummary, on: boolean): void {
    rooms
      .setNotifications(roomId, level, on ? MUTED_FOR_EVER : undefined)
      .catch((error: unknown) => notices.say(explain(error)))
  }

  async function hideRoom({ roomId }: RoomSummary): Promise<void> {
    try {
      await rooms.hide(roomId)
      if (router.currentRoute.value.params.roomId === roomId)
        await router.replace({ name: 'welcome' })
    } catch (error) {
      notices.say(explain(error))
    }
  }

  return (room) => {
    const { roomId } = room
    const isFavourite = favourites.has(roomId)
    const muted = isMuted(room)
    const read: MenuAction = {
      name: 'read',
      label: t('rooms.markRead'),
      icon: CheckCheck,
      run: () => markRead(room),
    }
    const hide: MenuAction = {
      name: 'hide',
      label: t('direct.hide'),
      icon: EyeOff,
      run: () => void hideRoom(room),
    }
    const link: MenuAction = {
      name: 'link',
      label: t('rooms.copyLink'),
      icon: Link,
      run: () => void copy(inviteLink(router, roomId), 'rooms.linkCopied'),
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
        label: t(muted ? 'rooms.unmute' : room.kind === 'direct' ? 'direct.mute' : 'rooms.mute'),
        icon: muted ? Bell : BellOff,
        run: () => mute(room, !muted),
      },
      room.kind === 'direct' ? hide : link,
    ]
  }
}
