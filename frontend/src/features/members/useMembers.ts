import { defineStore } from 'pinia'
import { useSessionParts } from '@/api/sessionParts'
import { ref } from 'vue'
import { useWebSocket } from '@/api/useWebSocket'
import type { Participant, ServerEvent } from '@/api/types.gen'

interface Reading {
  /** Whether something changed meanwhile: then the list is read once more. */
  changed: boolean
  done: Promise<void>
}

/** The member lists that have been opened, kept current by what is pushed. */
export const useMembers = defineStore('members', () => {
  const socket = useWebSocket()
  const lists = ref(new Map<string, Participant[]>())
  /** The versions with which people went, by room and person, so that a late event cannot bring them back. */
  const gone = new Map<string, number>()
  /** Rooms whose list is being read. */
  const reading = new Map<string, Reading>()
  /** Rooms whose list was wanted and could not be read. */
  const failed = ref(new Set<string>())

  const of = (roomId: string): Participant[] | undefined => lists.value.get(roomId)
  const hasFailed = (roomId: string) => failed.value.has(roomId)

  /** Whoever wants a list that is being read waits for the same end, good or bad. */
  function load(roomId: string): Promise<void> {
    const underWay = reading.get(roomId)
    if (underWay) {
      underWay.changed = true // what it has read may be from before the reason for this
      return underWay.done
    }
    const mine: Reading = { changed: false, done: Promise.resolve() }
    reading.set(roomId, mine)
    mine.done = read(roomId, mine)
    return mine.done
  }

  async function read(roomId: string, mine: Reading): Promise<void> {
    const isWanted = () => reading.get(roomId) === mine
    try {
      do {
        mine.changed = false
        const participants = await readAll(roomId)
        if (!isWanted()) return
        const before = of(roomId)
        lists.value.set(
          roomId,
          participants
            .filter((each) => !hasGone(roomId, each))
            .map((each) => newer(find(before, each), each)),
        )
      } while (mine.changed)
      failed.value.delete(roomId)
    } catch (error) {
      if (isWanted()) failed.value.add(roomId)
      throw error
    } finally {
      if (isWanted()) reading.delete(roomId)
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
      put(event.roomId, { ...pick(event), status: 'pending', isAdmin: false, isModerator: false })
    } else if (event.action === 'memberChanged') {
      put(event.roomId, { ...pick(event), ...pickRole(event) })
    }
  }

  /** Of one person, what has the higher version holds: events may come in any order. */
  function put(roomId: string, participant: Participant): void {
    const state = reading.get(roomId)
    if (state) state.changed = true
    const list = of(roomId)
    if (hasGone(roomId, participant) || newer(find(list, participant), participant) !== participant)
      return
    const belongs = participant.status === 'approved' || participant.status === 'pending'
    if (!belongs) gone.set(`${roomId} ${participant.userId}`, participant.version)
    if (!list) return
    const others = list.filter((each) => each.userId !== participant.userId)
    lists.value.set(roomId, belongs ? [...others, participant] : others)
  }

  function hasGone(roomId: string, { userId, version }: Participant): boolean {
    return version <= (gone.get(`${roomId} ${userId}`) ?? -1)
  }

  /** After a reconnect any list may be out of date. */
  async function refresh(): Promise<void> {
    const wanted = new Set([...lists.value.keys(), ...failed.value])
    await Promise.allSettled([...wanted].map(load))
  }

  /** What is still being read of it is then not kept either. */
  function forget(roomId: string): void {
    lists.value.delete(roomId)
    failed.value.delete(roomId)
    reading.delete(roomId)
  }

  function reset(): void {
    lists.value = new Map()
    failed.value = new Set()
    reading.clear()
    gone.clear()
  }

  useSessionParts().register({ onState: () => void refresh(), onEvent: apply, reset })

  return { of, hasFailed, load, readBanned, forget }
})

function find(list: Participant[] | undefined, { userId }: Participant): Participant | undefined {
  return list?.find((each) => each.userId === userId)
}

function newer(known: Participant | undefined, incoming: Participant): Participant {
  return known && known.version > incoming.version ? known : incoming
}

function pickRole({ status, isAdmin, isModerator }: Participant) {
  return { status, isAdmin, isModerator }
}

function pick({ userId, username, version }: Pick<Participant, 'userId' | 'username' | 'version'>) {
  return { userId, username, version }
}
