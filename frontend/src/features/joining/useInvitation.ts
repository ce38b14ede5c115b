import { ref, watch, type Ref } from 'vue'
import type { Invitation } from '@/api/types.gen'
import { Refused } from '@/api/errors'
import { useAction } from '@/api/useAction'
import { useRooms } from '@/features/rooms'

/** What a link leads to: undefined until it is known; `dead` and `banned` are answers as well. */
export type Found = Invitation | 'dead' | 'banned'

/** Loads the invitation to a room whenever the room changes. A late answer is never shown for another room. */
export function useInvitation(roomId: () => string) {
  const rooms = useRooms()
  const found: Ref<Found | undefined> = ref()

  const asking = useAction(async (id: string) => {
    const answer = await rooms.invitation(id).catch(asAnswer)
    if (id === roomId()) found.value = answer
  })

  watch(
    roomId,
    (id) => {
      found.value = undefined
      void asking.run(id)
    },
    { immediate: true },
  )

  return { found, asking, retry: () => void asking.run(roomId()) }
}

function asAnswer(error: unknown): Found {
  if (!(error instanceof Refused)) throw error
  if (error.code === 'forbidden') return 'banned'
  // An id that cannot be one, as of a link with something stuck to its end, belongs to no room.
  if (error.code === 'notFound' || error.field === 'roomId') return 'dead'
  throw error
}
