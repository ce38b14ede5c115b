import { defineStore } from 'pinia'
import { useSessionParts } from '@/api/sessionParts'
import { computed, ref } from 'vue'
import { useAuth } from '@/features/auth'
import { t } from '@/shared/i18n/i18n'
import type { Message, RoomSummary, ServerEvent } from '@/api/types.gen'
import { isMuted, unread, useRooms } from '@/features/rooms'
import { useNotices } from '@/ui/notices/useNotices'
import { isTouchOnly } from '@/ui/pointer'
import { safeStorage } from '@/shared/safeStorage'
import { closeFor, show } from './show'
import { withoutOverrides } from '@/shared/bidi'

const WANTED_KEY = 'parley.notifications'
const OFFERED_KEY = 'parley.notifications.offered'
/**
 * A message that is read elsewhere within this time is not news. Another tab tells it at once; another device by a mark,
 * which comes at once when somebody begins to look there.
 */
export const READ_ELSEWHERE_MS = 3_000
/** Notifications are short; a long message is cut. */
const MAX_CHARACTERS = 200

/** Desktop notifications: of what others write, while nobody looks at the page. */
export const useNotifications = defineStore('notifications', () => {
  const auth = useAuth()
  const rooms = useRooms()
  const notices = useNotices()
  const isSupported = 'Notification' in globalThis
  const permission = ref<NotificationPermission>(isSupported ? Notification.permission : 'denied')
  const wanted = ref(safeStorage.getItem(WANTED_KEY) === 'on')
  const isOn = computed(() => wanted.value && permission.value === 'granted')

  /** To be called by a person's click: browsers ignore the question otherwise, or hold it against the site. */
  async function turnOn(): Promise<void> {
    if (!isSupported) return
    permission.value = await Notification.requestPermission()
    if (permission.value === 'granted') want(true)
    notices.withdraw('notifications')
  }

  function turnOff(): void {
    want(false)
  }

  function want(now: boolean): void {
    wanted.value = now
    safeStorage.setItem(WANTED_KEY, now ? 'on' : 'off')
  }

  function apply(event: ServerEvent): void {
    if (event.action === 'message' && event.userId !== auth.user?.userId) tellLater(event)
    if (event.action === 'messageSent') offer()
    if (event.action === 'changed' || event.action === 'changes')
      for (const { roomId, sortKey, deletedAt } of event.messages)
        if (deletedAt && isOn.value) void closeFor(roomId, sortKey)
  }

  function tellLater(message: Message): void {
    if (!isOn.value || document.visibilityState === 'visible') return
    setTimeout(async () => {
      const room = rooms.get(message.roomId)
      const isNews =
        room &&
        unread(room) > 0 &&
        room.lastReadSeq < message.seq &&
        !room.gone?.includes(message.seq)
      if (!isOn.value || !isNews || !mayDisturb(room, message.seq)) return
      if (document.visibilityState === 'visible') return
      const { plainText } = await import('@/features/messages/markdown')
      const name = withoutOverrides(message.username)
      const text = plainText(message.message, MAX_CHARACTERS)
      void show({
        title: withoutOverrides(room.roomName),
        body: room.people?.length === 2 ? text : t('notifications.body', { name, text }),
        roomId: message.roomId,
        sortKey: message.sortKey,
      })
    }, READ_ELSEWHERE_MS)
  }

  function mayDisturb(room: RoomSummary, seq: number): boolean {
    if (isMuted(room) || room.level === 'nothing') return false
    return room.level === 'all' || Boolean(room.mentions?.includes(seq))
  }

  /**
   * Once, when somebody has just written and may want to hear of the answer; the question itself is theirs to ask. Not on
   * a phone, where it would cover what one reads; the settings have it too.
   */
  function offer(): void {
    if (isTouchOnly()) return
    if (!isSupported || permission.value !== 'default' || safeStorage.getItem(OFFERED_KEY)) return
    safeStorage.setItem(OFFERED_KEY, 'yes')
    notices.say(t('notifications.offer'), {
      action: { label: t('notifications.turnOn'), run: () => void turnOn() },
      topic: 'notifications',
    })
  }

  useSessionParts().register({ onEvent: apply, reset: () => undefined })

  return { isSupported, permission, isOn, turnOn, turnOff, apply }
})
