import { defineStore } from 'pinia'
import { useSessionParts } from '@/api/sessionParts'
import { shallowReactive } from 'vue'
import { useWebSocket } from '@/api/useWebSocket'
import { DEFAULT_HISTORY, MAX_HISTORY, type StoredMessage } from '@/api/types.gen'
import { useRooms } from '@/features/rooms'
import { latest, newestSeq, withEarlier, withFollowing, withPushed, type Window } from './window'

/** Further behind than this, the window starts afresh at the latest page instead of reading everything between. */
const MAX_CATCH_UP = 1_000

/** The histories of the rooms that have been opened; each heals its own gaps. */
export const useTimeline = defineStore('timeline', () => {
  const socket = useWebSocket()
  const rooms = useRooms()
  const windows = shallowReactive(new Map<string, Window>())
  const failed = shallowReactive(new Set<string>())
  const catchingUp = new Set<string>()
  const readingBack = new Set<string>()

  const of = (roomId: string): Window | undefined => windows.get(roomId)
  const hasFailed = (roomId: string): boolean => failed.has(roomId)

  /** Loads a room's latest messages, once; later changes come by themselves. */
  const open = (roomId: string): Promise<void> => catchUp(roomId)

  function add(message: StoredMessage): void {
    const window = of(message.roomId)
    if (!window) return
    windows.set(message.roomId, withPushed(window, message))
    if (isBehind(message.roomId)) void catchUp(message.roomId)
  }

  /** After a reconnect or a ping the heads of the rooms are known anew. */
  function checkAll(): void {
    for (const roomId of new Set([...windows.keys(), ...failed])) {
      if (rooms.get(roomId)?.status !== 'approved') forget(roomId)
      else if (isBehind(roomId)) void catchUp(roomId)
    }
  }

  /** Reads on from the end of the window until nothing is missing. */
  async function catchUp(roomId: string): Promise<void> {
    if (catchingUp.has(roomId)) return
    catchingUp.add(roomId)
    failed.delete(roomId)
    try {
      while (isBehind(roomId)) await readOn(roomId)
    } catch {
      failed.add(roomId)
    } finally {
      catchingUp.delete(roomId)
    }
  }

  async function readOn(roomId: string): Promise<void> {
    const before = of(roomId)
    const head = headOf(roomId)
    const after = before && head - before.end <= MAX_CATCH_UP ? before.cursor : undefined
    const limit = after === undefined ? DEFAULT_HISTORY : MAX_HISTORY
    const page = await socket.ask({ action: 'getMessages', roomId, after, limit })
    if (rooms.get(roomId)?.status !== 'approved') return
    const now = of(roomId)
    if (after === undefined) windows.set(roomId, latest(page, head))
    else if (now) windows.set(roomId, withFollowing(now, page, head))
    // Else the room was lost and regained meanwhile: the page follows a window that is no more.
  }

  /** Reads the page before the window. */
  async function loadEarlier(roomId: string): Promise<void> {
    const before = of(roomId)?.messages[0]?.sortKey
    if (before === undefined || !of(roomId)?.hasEarlier || readingBack.has(roomId)) return
    readingBack.add(roomId)
    try {
      const page = await socket.ask({
        action: 'getMessages',
        roomId,
        before,
        limit: DEFAULT_HISTORY,
      })
      const now = of(roomId)
      if (now?.messages[0]?.sortKey === before) windows.set(roomId, withEarlier(now, page))
    } finally {
      readingBack.delete(roomId)
    }
  }

  function headOf(roomId: string): number {
    const window = of(roomId)
    return Math.max(rooms.get(roomId)?.lastSeq ?? 0, window ? newestSeq(window) : 0)
  }

  function isBehind(roomId: string): boolean {
    if (rooms.get(roomId)?.status !== 'approved') return false
    const window = of(roomId)
    return !window || window.end < headOf(roomId)
  }

  function forget(roomId: string): void {
    windows.delete(roomId)
    failed.delete(roomId)
  }

  function reset(): void {
    windows.clear()
    failed.clear()
    catchingUp.clear()
    readingBack.clear()
  }

  useSessionParts().register({
    onState: checkAll,
    onEvent(event) {
      if (event.action === 'message') add(event)
      if (event.action === 'pong') checkAll()
    },
    reset,
  })

  return { of, hasFailed, open, add, checkAll, loadEarlier, forget }
})
