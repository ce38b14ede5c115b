import { defineStore } from 'pinia'
import { reactive } from 'vue'
import { useSessionParts } from '@/api/sessionParts'
import type { ServerEvent } from '@/api/types.gen'
import { useWebSocket } from '@/api/useWebSocket'

/** Somebody who has typed for so long means it. */
export const FIRST_AFTER_MS = 1_000
export const AGAIN_AFTER_MS = 8_000
/** Longer than from one sign to the next, and no longer: who stops is shown no more. */
export const SHOWN_MS = 10_000
/** Between two keys; after more it is a new beginning. */
const PAUSE_MS = 3_000

/** Who is writing in which room, and the word to others that the person is. Both last for a moment, and may be lost. */
export const useTyping = defineStore('typing', () => {
  const socket = useWebSocket()
  /** By room, the people who are writing; each with the time at which that ends. */
  const typers = reactive(new Map<string, Map<string, ReturnType<typeof setTimeout>>>())
  let mine = { roomId: '', since: 0, last: 0, told: 0 }

  const of = (roomId: string): string[] => [...(typers.get(roomId)?.keys() ?? [])]

  /** The person has changed what they are about to send. */
  function typed(roomId: string): void {
    const now = Date.now()
    const isNew = mine.roomId !== roomId || now - mine.last > PAUSE_MS
    if (isNew) mine = { roomId, since: now, last: now, told: isNew ? 0 : mine.told }
    mine.last = now
    if (now - mine.since < FIRST_AFTER_MS || now - mine.told < AGAIN_AFTER_MS) return
    mine.told = now
    socket.tell({ action: 'typing', roomId })
  }

  /** What was being written is sent, or given up. */
  function stopped(): void {
    mine = { roomId: '', since: 0, last: 0, told: 0 }
  }

  function apply(event: ServerEvent): void {
    if (event.action === 'somebodyTypes') show(event.roomId, event.userId)
    if (event.action === 'message') hide(event.roomId, event.userId)
  }

  function show(roomId: string, userId: string): void {
    hide(roomId, userId)
    const room = typers.get(roomId) ?? new Map<string, ReturnType<typeof setTimeout>>()
    room.set(
      userId,
      setTimeout(() => hide(roomId, userId), SHOWN_MS),
    )
    typers.set(roomId, room)
  }

  function hide(roomId: string, userId: string): void {
    const room = typers.get(roomId)
    clearTimeout(room?.get(userId))
    room?.delete(userId)
    if (room?.size === 0) typers.delete(roomId)
  }

  function reset(): void {
    for (const room of typers.values()) room.forEach((timer) => clearTimeout(timer))
    typers.clear()
    stopped()
  }

  useSessionParts().register({ onEvent: apply, reset })

  return { of, typed, stopped }
})
