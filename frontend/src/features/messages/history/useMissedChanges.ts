import { useWebSocket } from '@/api/useWebSocket'
import { useRooms } from '@/features/rooms'
import { newestRev, withChanges, type Window } from './window'

/** So long a push is waited for that would fill a gap between changes. */
const GAP_MS = 500

interface Options {
  of: (roomId: string) => Window | undefined
  put: (roomId: string, window: Window) => void
  /** Puts the latest page in the place of a window that has missed too much. */
  readAfresh: (roomId: string) => Promise<void>
}

/** Asks for the changes that a window has missed. */
export function useMissedChanges({ of, put, readAfresh }: Options) {
  const socket = useWebSocket()
  const rooms = useRooms()
  /** The check that is due, or under way, for each room. */
  const checks = new Map<string, ReturnType<typeof setTimeout> | undefined>()

  function misses(roomId: string): boolean {
    const room = rooms.get(roomId)
    const window = of(roomId)
    if (!window || room?.status !== 'approved') return false
    return window.rev < Math.max(room.rev, newestRev(window))
  }

  /** Asks for what is still missing in a moment, if anything is. */
  function check(roomId: string): void {
    if (checks.has(roomId) || !misses(roomId)) return
    checks.set(
      roomId,
      setTimeout(() => void heal(roomId), GAP_MS),
    )
  }

  async function heal(roomId: string): Promise<void> {
    checks.set(roomId, undefined)
    try {
      for (let window = of(roomId); window && misses(roomId); window = of(roomId)) {
        const changes = await socket.ask({ action: 'getChanges', roomId, after: window.rev })
        const now = of(roomId)
        if (!now || !checks.has(roomId)) return
        if (changes.reset) await readAfresh(roomId)
        else put(roomId, withChanges(now, changes))
        if (of(roomId)?.rev === window.rev) return // nothing came of it: not to be asked for ever
      }
    } catch {
      // The next change, or the next connection, brings the next occasion.
    } finally {
      checks.delete(roomId)
    }
  }

  function reset(): void {
    checks.forEach((timer) => clearTimeout(timer))
    checks.clear()
  }

  return { check, reset }
}
