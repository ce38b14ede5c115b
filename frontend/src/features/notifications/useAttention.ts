import { computed, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { withoutOverrides } from '@/shared/bidi'
import { t } from '@/shared/i18n/i18n'
import { useRooms } from '@/features/rooms'
import { useEventListener } from '@/ui/useEventListener'
import { OPEN_PATH } from './show'

const MAX_SHOWN = 99

/** What calls a person back: the count in the title, on the tab's icon and on the app's; and where a click leads. */
export function useAttention(): void {
  const rooms = useRooms()
  const route = useRoute()
  const router = useRouter()
  const count = computed(() => rooms.totalUnread)
  const place = computed(() => {
    const { roomId } = route.params
    return typeof roomId === 'string' ? rooms.get(roomId)?.roomName : undefined
  })

  watch(
    () => pageTitle(count.value, place.value),
    (title) => (document.title = title),
    { immediate: true },
  )
  watch(
    () => count.value > 0,
    (isUnread) => {
      const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
      if (icon) icon.href = isUnread ? '/icon-unread.svg' : '/icon.svg'
    },
    { immediate: true },
  )
  watch(
    count,
    // Not everywhere, and only for an installed app.
    (now) => void navigator.setAppBadge?.(now).catch(() => undefined),
    { immediate: true },
  )

  useEventListener(window, OPEN_PATH, (event) => {
    if (event instanceof CustomEvent && typeof event.detail === 'string')
      void router.push(event.detail)
  })
  if (navigator.serviceWorker) {
    useEventListener(navigator.serviceWorker, 'message', (event) => {
      const data: unknown = event instanceof MessageEvent ? event.data : undefined
      if (typeof data === 'object' && data !== null && 'open' in data)
        void router.push(String(data.open))
    })
  }
}

export function pageTitle(unread: number, room: string | undefined): string {
  const name =
    room === undefined ? 'Parley' : t('notifications.title', { room: withoutOverrides(room) })
  if (unread === 0) return name
  return `(${unread > MAX_SHOWN ? `${MAX_SHOWN}+` : unread}) ${name}`
}
