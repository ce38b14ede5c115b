import { ref, type Ref } from 'vue'
import { unread, useRooms } from '@/features/rooms'
import { useEventListener } from '@/ui/useEventListener'
import { useTimeline } from '@/features/messages/history'

/**
 * Up to where a room was read when one came to it, for the mark of what is new; undefined when all was read. Turning
 * away from the page counts as leaving: what is written meanwhile is new when one turns back.
 */
export function useNewMark(roomId: string): Ref<number | undefined> {
  const rooms = useRooms()
  const timeline = useTimeline()
  const room = rooms.get(roomId)
  const readSeq = ref(room && unread(room) ? room.lastReadSeq : undefined)

  useEventListener(document, 'visibilitychange', () => {
    const end = timeline.of(roomId)?.end
    if (document.visibilityState === 'hidden') readSeq.value = rooms.get(roomId)?.lastReadSeq
    else if (end !== undefined && end <= (readSeq.value ?? Infinity)) readSeq.value = undefined
  })
  return readSeq
}
