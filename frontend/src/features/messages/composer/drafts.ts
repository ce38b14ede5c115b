import { defineStore } from 'pinia'
import { useSessionParts } from '@/api/sessionParts'
import { reactive } from 'vue'
import { useAuth } from '@/features/auth'
import { safeStorage } from '@/shared/safeStorage'

const PREFIX = 'parley.draft.'

/**
 * What was begun in each room and not sent yet. Kept in this browser by person, so it is still there after a reload;
 * what one tab sends or changes is the same in the others.
 */
export const useDrafts = defineStore('drafts', () => {
  const auth = useAuth()
  const known = reactive(new Map<string, string>())

  const keyOf = (roomId: string) => `${PREFIX}${auth.user?.userId ?? ''}.${roomId}`

  function of(roomId: string): string {
    const key = keyOf(roomId)
    return known.get(key) ?? safeStorage.getItem(key) ?? ''
  }

  function write(roomId: string, text: string): void {
    const key = keyOf(roomId)
    known.set(key, text)
    if (text) safeStorage.setItem(key, text)
    else safeStorage.removeItem(key)
  }

  addEventListener('storage', ({ key, newValue }) => {
    if (key?.startsWith(PREFIX)) known.set(key, newValue ?? '')
  })

  useSessionParts().register({
    reset: () => known.clear(),
    forget(userId) {
      for (const key of safeStorage.keys()) {
        if (key.startsWith(`${PREFIX}${userId}.`)) safeStorage.removeItem(key)
      }
    },
  })

  return { of, write }
})
