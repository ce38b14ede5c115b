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
      ? rooms.joined
      : [...rooms.joined].sort((a, b) => a.roomName.localeCompare(b.roomName)),
  )
  const favourite = computed(() => sorted.value.filter(({ roomId }) => favourites.has(roomId)))
  const other = computed(() => sorted.value.filter(({ roomId }) => !favourites.has(roomId)))

  return { order, choose, favourite, other }
})
