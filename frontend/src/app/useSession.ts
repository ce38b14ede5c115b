import { defineStore } from 'pinia'
import { useAuth } from '@/features/auth/useAuth'
import { useWebSocket } from '@/api/useWebSocket'
import type { WholeState } from '@/api/fetchInitialState'
import { useOutbox } from '@/features/messages/outbox/useOutbox'
import { useNotifications } from '@/features/notifications/useNotifications'
import type { ServerEvent } from '@/api/types.gen'
import { roundRobin } from '@/features/rooms/roundRobin'
import { membershipNews } from '@/features/members/membershipNews'
import { useMembers } from '@/features/members/useMembers'
import { useRooms } from '@/features/rooms/useRooms'
import { usePlaces } from '@/features/messages/timeline/scrollPositions'
import { useTimeline } from '@/features/messages/timeline/useTimeline'
import { useNotices } from '@/ui/notices/useNotices'

/** One person's time in the app: brings what the connection tells to the stores, and clears them at the end. */
export const useSession = defineStore('session', () => {
  const auth = useAuth()
  const socket = useWebSocket()
  const rooms = useRooms()
  const members = useMembers()
  const timeline = useTimeline()
  const outbox = useOutbox()
  const notices = useNotices()
  const notifications = useNotifications()
  const places = usePlaces()

  /** Lasts until the person is signed out. */
  async function run(url: string, userId: string): Promise<void> {
    const nextTurn = roundRobin()
    outbox.open(userId)
    await socket
      .start({
        url,
        accessToken: auth.accessToken,
        roomsToCheck: () => nextTurn(rooms.joined.map((room) => room.roomId)),
        onState,
        onEvent,
      })
      .catch(() => undefined) // signed out: whoever watches the person will see
  }

  function onState(state: WholeState): void {
    rooms.replaceAll(state.rooms)
    timeline.checkAll()
    void members.refresh()
  }

  function onEvent(event: ServerEvent): void {
    tell(event)
    rooms.apply(event)
    members.apply(event)
    if (event.action === 'message') timeline.add(event)
    outbox.apply(event)
    notifications.apply(event)
    if (event.action === 'pong') timeline.checkAll()
    if (event.action === 'memberChanged' && event.userId === auth.user?.userId)
      forgetIfLost(event.roomId)
    if (event.action === 'roomLeft') forgetIfLost(event.roomId)
  }

  function tell(event: ServerEvent): void {
    const room = 'roomId' in event && event.roomId ? rooms.get(event.roomId) : undefined
    const news = membershipNews(event, room, auth.user?.userId)
    if (news) notices.say(news)
  }

  function forgetIfLost(roomId: string): void {
    if (rooms.get(roomId)?.status === 'approved') return
    timeline.forget(roomId)
    members.forget(roomId)
  }

  function end(): void {
    socket.stop()
    outbox.reset()
    timeline.reset()
    members.reset()
    rooms.reset()
    places.reset()
    notices.reset()
  }

  return { run, end }
})
