import { defineStore } from 'pinia'
import { useSessionParts } from '@/api/sessionParts'
import { Refused } from '@/api/errors'
import { MAX_MARKED_ROOMS, type Mark, type RoomSummary, type ServerEvent } from '@/api/types.gen'
import { useWebSocket } from '@/api/useWebSocket'
import { useAuth } from '@/features/auth'
import { useRooms } from '@/features/rooms'
import { safeStorage } from '@/shared/safeStorage'

/** So often at most while another device of the person is connected: so long it may lag. */
export const MARK_EVERY_MS = 10_000
/** While there is none, nobody waits for marks, and every one is a command to pay for. */
export const MARK_ALONE_EVERY_MS = 60_000

/**
 * Tells the server how far the person has read, several rooms together. What is seen here is read here at once; the
 * server learns it a moment later, and before the person turns away.
 */
export const useMarks = defineStore('marks', () => {
  const auth = useAuth()
  const rooms = useRooms()
  const socket = useWebSocket()
  /** What has been sent, and not failed: neither what is under way nor what was refused is sent again. */
  const sent = new Map<string, number>()
  const keptKey = (userId = auth.user?.userId ?? '') => `parley.unmarked.${userId}`
  let isAlone = false
  let sentAt = -Infinity
  let timer: ReturnType<typeof setTimeout> | undefined

  /** The person has seen a room so far. */
  function see(roomId: string, seq: number): void {
    rooms.seeHere(roomId, seq)
    if (!isDue(rooms.get(roomId))) return
    keep()
    soon()
  }

  /** The person leaves a room. Where nobody waits for it, that can be told with what is seen in the next one. */
  function leave(): void {
    if (!isAlone) flushDue()
  }

  const known = (roomId: string): number => Math.max(rooms.markedSeq(roomId), sent.get(roomId) ?? 0)

  const isDue = (room: RoomSummary | undefined): boolean =>
    !!room && room.lastReadSeq > known(room.roomId)

  const allDue = (): Mark[] =>
    rooms.joined.filter(isDue).map(({ roomId, lastReadSeq }) => ({ roomId, seq: lastReadSeq }))

  /** A page may be closed before it could tell: the next one in this browser does. */
  function keep(): void {
    const due = allDue()
    if (due.length) safeStorage.setItem(keptKey(), JSON.stringify(due))
    else safeStorage.removeItem(keptKey())
  }

  function soon(): void {
    const earliest = isAlone ? Date.now() + MARK_ALONE_EVERY_MS : sentAt + MARK_EVERY_MS
    const wait = Math.max(0, earliest - Date.now())
    if (wait) timer ??= setTimeout(flush, wait)
    else flush()
  }

  function flushDue(): void {
    if (timer !== undefined) flush()
  }

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    const due = allDue()
    if (!due.length || !socket.connected) return
    sentAt = Date.now()
    for (let start = 0; start < due.length; start += MAX_MARKED_ROOMS)
      void send(due.slice(start, start + MAX_MARKED_ROOMS))
  }

  async function send(marks: Mark[]): Promise<void> {
    marks.forEach(({ roomId, seq }) => sent.set(roomId, seq))
    try {
      const { otherDevices } = await socket.request({ action: 'markRead', rooms: marks })
      isAlone = otherDevices === 0
    } catch (error) {
      // What may not have arrived is sent with the next marks, or on the next connection.
      if (!(error instanceof Refused) || error.code === 'rateLimited')
        marks.forEach(({ roomId }) => sent.delete(roomId))
    }
    keep()
  }

  function onEvent(event: ServerEvent): void {
    switch (event.action) {
      case 'deviceConnected':
        isAlone = false
        flush()
        break
      case 'message':
        // What was read before it, or written by oneself, would look new on a device that comes now.
        if (event.userId !== auth.user?.userId && isDue(rooms.get(event.roomId))) soon()
        break
    }
  }

  function onState(): void {
    isAlone = false
    for (const { roomId, seq } of kept(safeStorage.getItem(keptKey()))) rooms.see(roomId, seq)
    if (rooms.joined.some(isDue)) soon()
  }

  addEventListener('blur', flushDue)
  addEventListener('pagehide', flush)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') flush()
  })

  useSessionParts().register({
    onEvent,
    onState,
    reset() {
      clearTimeout(timer)
      timer = undefined
      sent.clear()
      isAlone = false
      sentAt = -Infinity
    },
    forget: (userId) => safeStorage.removeItem(keptKey(userId)),
  })

  return { see, leave, flush }
})

function kept(stored: string | null): Mark[] {
  try {
    return JSON.parse(stored ?? '[]') as Mark[]
  } catch {
    return []
  }
}
