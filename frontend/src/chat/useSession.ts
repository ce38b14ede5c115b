import { defineStore } from 'pinia'
import { useAuth } from '@/auth/useAuth'
import { useWebSocket } from '@/connection/useWebSocket'
import type { WholeState } from '@/connection/greeting'
import { useOutbox } from '@/outbox/useOutbox'
import { useNotifications } from '@/notifications/useNotifications'
import type { ServerEvent } from '@/protocol/types.gen'
import { inTurns } from '@/rooms/heads'
import { membershipNews } from '@/rooms/membershipNews'
import { useMembers } from '@/rooms/useMembers'
import { useRooms } from '@/rooms/useRooms'
import { usePlaces } from '@/timeline/places'
import { useTimeline } from '@/timeline/useTimeline'
import { useNotices } from '@/ui/useNotices'

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
    const nextTurn = inTurns()
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
