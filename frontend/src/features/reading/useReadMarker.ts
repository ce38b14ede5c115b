import { computed, onScopeDispose, ref, watch, type Ref } from 'vue'
import { useEventListener } from '@/ui/useEventListener'
import { useWebSocket } from '@/api/useWebSocket'
import { useRooms } from '@/features/rooms'
import { useTimeline } from '@/features/messages/history'
import { useMarks } from './useMarks'

/**
 * Reads a room as far as its messages have been on the screen and nothing is missing before them, while the page can be
 * seen.
 *
 * @param seenSeq Up to this message everything has been on the screen.
 */
export function useReadMarker(roomId: string, seenSeq: Ref<number>): { markAll: () => void } {
  const rooms = useRooms()
  const timeline = useTimeline()
  const socket = useWebSocket()
  const marks = useMarks()
  const visible = ref(document.visibilityState === 'visible')
  useEventListener(document, 'visibilitychange', () => {
    visible.value = document.visibilityState === 'visible'
  })

  const isLooking = computed(() => {
    const isMember = rooms.get(roomId)?.status === 'approved'
    return isMember && visible.value && socket.connected
  })
  const readSeq = computed(() => Math.min(seenSeq.value, timeline.of(roomId)?.end ?? 0))

  watch(
    [isLooking, readSeq],
    () => {
      if (isLooking.value && readSeq.value) marks.see(roomId, readSeq.value)
    },
    { immediate: true },
  )
  onScopeDispose(() => marks.leave())

  /** All is read because the person says so. */
  function markAll(): void {
    const room = rooms.get(roomId)
    if (!room || room.lastSeq <= room.lastReadSeq) return
    marks.see(roomId, room.lastSeq)
    marks.flush()
  }

  return { markAll }
}
