import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { useFavourites, useRooms } from '@/features/rooms'
import { safeStorage } from '@/shared/safeStorage'

export type RoomOrder = 'activity' | 'name'

const KEY = 'parley.roomOrder'

/** In which order the rooms stand in the list, and so in which the keys lead through them. */
export const useRoomOrder = defineStore('roomOrder', () => {
  const rooms = useRooms()
  const favourites = useFavourites()
  const order = ref<RoomOrder>(safeStorage.getItem(KEY) === 'name' ? 'name' : 'activity')

  function choose(next: RoomOrder): void {
    order.value = next
    safeStorage.setItem(KEY, next)
  }

  const sorted = computed(() =>
    order.value === 'activity'
      ? rooms.current
      : [...rooms.current].sort((a, b) => a.roomName.localeCompare(b.roomName)),
  )
  const favourite = computed(() => sorted.value.filter(({ roomId }) => favourites.has(roomId)))
  const rest = computed(() => sorted.value.filter(({ roomId }) => !favourites.has(roomId)))
  const groups = computed(() => rest.value.filter(({ kind }) => kind === 'group'))
  const direct = computed(() => rest.value.filter(({ kind }) => kind === 'direct'))
  /** As they stand in the list. */
  const inOrder = computed(() => [...favourite.value, ...groups.value, ...direct.value])

  return { order, choose, favourite, groups, direct, inOrder }
})
