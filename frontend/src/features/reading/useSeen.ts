import { computed, ref, type ComputedRef } from 'vue'
import { useRooms } from '@/features/rooms'

interface SeenRow {
  seq: number | undefined
}

/**
 * How far the messages of a room have been on the screen, without one left out: a person who jumps over some has not
 * seen them. `onView` is to be called with the rows that are in view.
 */
export function useSeen(roomId: string): {
  seenSeq: ComputedRef<number>
  onView: (rows: readonly SeenRow[], first: number, last: number) => void
} {
  const rooms = useRooms()
  const here = ref(0)
  /** What was read on another device, or said to be read, counts as seen. */
  const seenSeq = computed(() => Math.max(here.value, rooms.get(roomId)?.lastReadSeq ?? 0))

  function onView(rows: readonly SeenRow[], first: number, last: number): void {
    if (document.visibilityState !== 'visible') return
    const next = rows.findIndex(({ seq }) => seq !== undefined && seq > seenSeq.value)
    if (next < 0 || next < first) return
    const seq = rows.findLast((row, index) => index <= last && row.seq !== undefined)?.seq ?? 0
    here.value = Math.max(here.value, seq)
  }

  return { seenSeq, onView }
}
