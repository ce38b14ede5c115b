import { ref, watch, type Ref } from 'vue'
import type { Invitation } from '@/api/types.gen'
import { Refused } from '@/api/errors'
import { useAction } from '@/api/useAction'
import { useRooms } from '@/features/rooms'

/** What a link leads to: undefined until it is known; `dead` and `banned` are answers as well. */
export type Found = Invitation | 'dead' | 'banned'

/** The invitation to a room, asked for anew with each room. What is answered late is not said of another one. */
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
