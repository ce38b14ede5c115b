import { computed, ref, watch, type Ref } from 'vue'
import { useEventListener } from '@/ui/useEventListener'
import { useWebSocket } from '@/connection/useWebSocket'
import { useRooms } from '@/rooms/useRooms'
import { useTimeline } from './useTimeline'

/** Marks a room read as far as it is complete, while its end is shown and the page can be seen. */
export function useReadMarker(roomId: Ref<string>, atEnd: Ref<boolean>): void {
  const rooms = useRooms()
  const timeline = useTimeline()
  const socket = useWebSocket()
  const visible = ref(document.visibilityState === 'visible')
  useEventListener(document, 'visibilitychange', () => {
    visible.value = document.visibilityState === 'visible'
  })

  const due = computed(() => {
    const room = rooms.get(roomId.value)
    const end = timeline.of(roomId.value)?.end
    const unread = room?.status === 'approved' && end !== undefined && end > room.lastReadSeq
    return unread && atEnd.value && visible.value && socket.connected
      ? { roomId: roomId.value, seq: end }
      : undefined
  })
  let marking = false

  watch(() => due.value?.roomId + ':' + due.value?.seq, mark, { immediate: true })

  async function mark(): Promise<void> {
    if (marking) return
    marking = true
    try {
      for (let last = ''; due.value;) {
        const { roomId, seq } = due.value
        if (last === `${roomId}:${seq}`) break // answered, yet nothing moved
        last = `${roomId}:${seq}`
        await socket.request({ action: 'markRead', roomId, seq })
      }
    } catch {
      // the next message, or the next connection, brings the next occasion
    } finally {
      marking = false
    }
  }
}
