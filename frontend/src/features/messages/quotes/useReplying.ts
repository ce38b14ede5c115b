import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import { useSessionParts } from '@/api/sessionParts'
import type { Quoted, StoredMessage } from '@/api/types.gen'
import { asQuoted } from '@/features/messages/history'

/** The message that is being answered in each room: it waits while the person looks at another room. */
export const useReplying = defineStore('replying', () => {
  const byRoom = shallowReactive(new Map<string, Quoted>())

  const of = (roomId: string): Quoted | undefined => byRoom.get(roomId)

  function begin(message: StoredMessage): void {
    byRoom.set(message.roomId, asQuoted(message))
  }

  function cancel(roomId: string): void {
    byRoom.delete(roomId)
  }

  useSessionParts().register({ reset: () => byRoom.clear() })

  return { of, begin, cancel }
})
