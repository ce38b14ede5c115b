import { defineStore } from 'pinia'
import { useSessionParts } from '@/api/sessionParts'
import { MAX_TIME } from '@/api/types.gen'
import { useAuth } from '@/features/auth'
import { safeStorage } from '@/shared/safeStorage'
import { useRooms } from './useRooms'

export const MUTED_FOR_EVER = MAX_TIME
const PREFIX = 'parley.muted.'

/** Earlier versions kept mutes in this browser; they move to the server once, where nothing has been said there. */
export const useOldMutes = defineStore('oldMutes', () => {
  const auth = useAuth()
  const rooms = useRooms()

  async function move(): Promise<void> {
    const key = PREFIX + (auth.user?.userId ?? '')
    const stored = safeStorage.getItem(key)
    if (stored === null) return
    try {
      for (const roomId of roomIds(stored)) {
        const room = rooms.get(roomId)
        if (room?.status === 'approved' && room.settingsVersion === 0)
          await rooms.setNotifications(roomId, 'all', MUTED_FOR_EVER)
      }
      safeStorage.removeItem(key)
    } catch {
      // The next connection brings the next occasion.
    }
  }

  useSessionParts().register({ onState: () => void move(), reset: () => undefined })
})

function roomIds(stored: string): string[] {
  try {
    const list: unknown = JSON.parse(stored)
    return Array.isArray(list) ? list.filter((each) => typeof each === 'string') : []
  } catch {
    return []
  }
}
