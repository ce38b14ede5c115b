import { defineStore } from 'pinia'
import { ref } from 'vue'
import { useWebSocket } from '@/connection/useWebSocket'
import type { Participant, ServerEvent } from '@/protocol/types.gen'

/** The member lists that have been opened, kept current by what is pushed. */
export const useMembers = defineStore('members', () => {
  const socket = useWebSocket()
  const lists = ref(new Map<string, Participant[]>())
  /** Rooms whose list is being read, and whether something changed meanwhile. */
  const reading = new Map<string, { changed: boolean }>()

  const of = (roomId: string): Participant[] | undefined => lists.value.get(roomId)

  async function load(roomId: string): Promise<void> {
    if (reading.has(roomId)) return
    const state = { changed: false }
    reading.set(roomId, state)
    try {
      do {
        state.changed = false
        lists.value.set(roomId, await readAll(roomId))
      } while (state.changed)
    } finally {
      reading.delete(roomId)
    }
  }

  /** Who is banned, as it is now; admins may ask. */
  const readBanned = (roomId: string): Promise<Participant[]> => readAll(roomId, 'banned')

  async function readAll(roomId: string, status?: 'banned'): Promise<Participant[]> {
    const participants: Participant[] = []
    let after: string | undefined
    do {
      const page = await socket.ask({ action: 'getMembers', roomId, status, after })
      participants.push(...page.participants)
      after = page.hasMore ? page.next : undefined
    } while (after !== undefined)
    return participants
  }

  function apply(event: ServerEvent): void {
    if (event.action === 'joinRequest') {
      put(event.roomId, { ...pick(event), status: 'pending', isAdmin: false })
    } else if (event.action === 'memberChanged') {
      put(event.roomId, { ...pick(event), status: event.status, isAdmin: event.isAdmin })
    }
  }

  function put(roomId: string, participant: Participant): void {
    const state = reading.get(roomId)
    if (state) state.changed = true
    const list = of(roomId)
    if (!list) return
    const others = list.filter((each) => each.userId !== participant.userId)
    const belongs = participant.status === 'approved' || participant.status === 'pending'
    lists.value.set(roomId, belongs ? [...others, participant] : others)
  }

  /** After a reconnect any list may be out of date. */
  async function refresh(): Promise<void> {
    await Promise.allSettled([...lists.value.keys()].map(load))
  }

  function forget(roomId: string): void {
    lists.value.delete(roomId)
  }

  function reset(): void {
    lists.value = new Map()
  }

  return { of, load, readBanned, apply, refresh, forget, reset }
})

function pick({ userId, username }: { userId: string; username: string }) {
  return { userId, username }
}
