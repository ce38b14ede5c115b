import { computed, watch, type ComputedRef } from 'vue'
import type { Person } from '@/api/types.gen'
import { useAuth } from '@/features/auth'
import { useMembers } from '@/features/members'
import { useRooms } from '@/features/rooms'

/** Of so many rooms, the latest, the members are read when somebody looks for a person. */
const MAX_ROOMS = 20

interface People {
  /** Everybody else who is known from rooms and conversations, by name. */
  known: ComputedRef<Person[]>
  /** Read the members of rooms that have not been opened yet. */
  load: () => Promise<void>
}

/** Whom the person can write to: those with whom they share a room, as far as the app knows of them. */
export function usePeople(): People {
  const auth = useAuth()
  const rooms = useRooms()
  const members = useMembers()
  const groups = computed(() => rooms.joined.filter(({ kind }) => kind === 'group'))

  const known = computed(() => {
    const people = new Map<string, Person>()
    for (const { people: both = [] } of rooms.joined)
      for (const person of both) people.set(person.userId, person)
    for (const { roomId } of groups.value)
      for (const { userId, username, status } of members.of(roomId) ?? [])
        if (status === 'approved') people.set(userId, { userId, username })
    people.delete(auth.user?.userId ?? '')
    return [...people.values()].sort((a, b) => a.username.localeCompare(b.username))
  })

  async function load(): Promise<void> {
    await until(() => rooms.loaded && !rooms.isCopy)
    const missing = groups.value.slice(0, MAX_ROOMS).filter(({ roomId }) => !members.of(roomId))
    await Promise.allSettled(missing.map(({ roomId }) => members.load(roomId)))
  }

  /** Until something is so; where nobody waits for it any more, never. */
  const until = (isSo: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      if (isSo()) resolve()
      else watch(isSo, () => resolve(), { once: true })
    })

  return { known, load }
}
