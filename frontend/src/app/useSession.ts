import { defineStore } from 'pinia'
import { useSessionParts } from '@/api/sessionParts'
import { useWebSocket } from '@/api/useWebSocket'
import type { ServerEvent } from '@/api/types.gen'
import { useAuth } from '@/features/auth'
import { banTopic, membershipNews, useMembers } from '@/features/members'
import { useDrafts } from '@/features/messages/composer'
import { useOutbox } from '@/features/messages/outbox'
import { useTimeline } from '@/features/messages/history'
import { usePins } from '@/features/messages/pins'
import { usePlaces } from '@/features/messages/timeline'
import { useNotifications } from '@/features/notifications'
import { useMarks } from '@/features/reading'
import { roundRobin, useOldMutes, useRooms } from '@/features/rooms'
import { useNotices } from '@/ui/notices/useNotices'

/**
 * One person's time in the app. The stores register what they listen to and how they are cleared; this brings the
 * connection to them, and does what concerns several of them.
 */
export const useSession = defineStore('session', () => {
  const auth = useAuth()
  const socket = useWebSocket()
  const parts = useSessionParts()
  const notices = useNotices()

  // News compare an event with what was known before it, so they come before the rooms.
  parts.register({ open: () => notices.reset(), onEvent: tell, reset: () => notices.reset() })
  // In this order: what comes later looks at what came before.
  const rooms = useRooms()
  const members = useMembers()
  const timeline = useTimeline()
  const pins = usePins()
  useMarks()
  useOldMutes()
  useOutbox()
  useNotifications()
  usePlaces()
  useDrafts()
  parts.register({ onEvent: forgetLostRooms, reset: () => undefined })

  /** Lasts until the person is signed out. */
  async function run(url: string, userId: string): Promise<void> {
    const nextTurn = roundRobin()
    parts.open(userId)
    await socket
      .start({
        url,
        accessToken: auth.accessToken,
        roomsToCheck: () => nextTurn(rooms.joined.map((room) => room.roomId)),
        onState: parts.onState,
        onEvent: parts.onEvent,
      })
      .catch(() => undefined) // signed out: whoever watches the person will see
  }

  function tell(event: ServerEvent): void {
    const room = 'roomId' in event && event.roomId ? rooms.get(event.roomId) : undefined
    const news = membershipNews(event, room, auth.user?.userId)
    if (news && 'roomId' in event) notices.say(news, { topic: `room ${event.roomId}` })
    if (event.action === 'memberChanged' && event.status !== 'banned')
      notices.withdraw(banTopic(event.roomId, event.userId))
  }

  function forgetLostRooms(event: ServerEvent): void {
    const isOwn = event.action === 'memberChanged' && event.userId === auth.user?.userId
    if (!isOwn && event.action !== 'roomLeft') return
    if (rooms.get(event.roomId)?.status === 'approved') return
    timeline.forget(event.roomId)
    members.forget(event.roomId)
    pins.forget(event.roomId)
  }

  function end(): void {
    socket.stop()
    parts.reset()
  }

  return { run, end }
})
