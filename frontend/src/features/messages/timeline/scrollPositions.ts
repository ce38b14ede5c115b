import { defineStore } from 'pinia'
import { useSessionParts } from '@/api/sessionParts'

/** Where somebody was in a room: the row at the top of the view, and how far it reached above it. */
export interface Place {
  key: string
  offset: number
}

/** The places that were left in rooms, for when one comes back. No place: at the end, where one follows what is new. */
export const usePlaces = defineStore('places', () => {
  const places = new Map<string, Place>()

  const of = (roomId: string): Place | undefined => places.get(roomId)

  function leave(roomId: string, place: Place | undefined): void {
    if (place) places.set(roomId, place)
    else places.delete(roomId)
  }

  useSessionParts().register({ reset: () => places.clear() })

  return { of, leave }
})
