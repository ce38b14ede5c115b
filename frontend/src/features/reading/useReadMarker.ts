import { computed, onScopeDispose, ref, watch, type Ref } from 'vue'
import { useEventListener } from '@/ui/useEventListener'
import { useWebSocket } from '@/api/useWebSocket'
import { useRooms } from '@/features/rooms'
import { useTimeline } from '@/features/messages/history'

/** While messages stream in, they are marked together, so often at most: every mark is a command to pay for. */
export const MARK_EVERY_MS = 10_000

/**
 * Marks a room read as far as its messages have been on the screen and nothing is missing before them, while the page
 * can be seen: here at once; on the server at once when one comes to look and when one looks away or turns to another
 * window, and every so often between.
 *
 * @param seenSeq Up to this message everything has been on the screen.
 */
export function useReadMarker(roomId: string, seenSeq: Ref<number>): { markAll: () => void } {
  const rooms = useRooms()
  const timeline = useTimeline()
  const socket = useWebSocket()
  const visible = ref(document.visibilityState === 'visible')
  useEventListener(document, 'visibilitychange', () => {
    visible.value = document.visibilityState === 'visible'
  })
  useEventListener(window, 'blur', markDue)

  const isLooking = computed(() => {
    const isMember = rooms.get(roomId)?.status === 'approved'
    return isMember && visible.value && socket.connected
  })
  /** How far it can be marked, where the server does not know it yet. */
  const due = computed(() => {
    const seq = Math.min(seenSeq.value, timeline.of(roomId)?.end ?? 0)
    return seq > rooms.markedSeq(roomId) ? seq : undefined
  })
  let hasMarked = false
  let seen = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  watch([isLooking, due], follow, { immediate: true })
  onScopeDispose(lookAway)

  function follow(): void {
    if (!isLooking.value) return lookAway()
    if (due.value === undefined) return
    seen = due.value
    rooms.seeHere(roomId, seen)
    if (hasMarked) timer ??= setTimeout(mark, MARK_EVERY_MS)
    else mark()
  }

  function lookAway(): void {
    markDue()
    hasMarked = false
  }

  function markDue(): void {
    if (timer !== undefined) mark()
  }

  function mark(): void {
    clearTimeout(timer)
    timer = undefined
    hasMarked = true
    // A failure is left: the next message, or the next connection, brings the next occasion.
    socket.request({ action: 'markRead', roomId, seq: seen }).catch(() => undefined)
  }

  /** All is read because the person says so. */
  function markAll(): void {
    const room = rooms.get(roomId)
    if (!room || room.lastSeq <= room.lastReadSeq) return
    seen = room.lastSeq
    rooms.seeHere(roomId, seen)
    mark()
  }

  return { markAll }
}
