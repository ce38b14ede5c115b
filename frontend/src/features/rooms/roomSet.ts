import { defineStore } from 'pinia'
import { ref } from 'vue'
import { useAuth } from '@/features/auth'
import { safeStorage } from '@/shared/safeStorage'

/** A store of rooms that a person has marked in some way. A preference of this browser; tabs agree on it. */
export function defineRoomSet(name: string, prefix: string) {
  return defineStore(name, () => {
    const auth = useAuth()
    const byUser = ref(new Map<string, Set<string>>())

    const keyOf = (userId: string) => `${prefix}.${userId}`

    function mine(): Set<string> {
      const userId = auth.user?.userId ?? ''
      return byUser.value.get(userId) ?? read(keyOf(userId))
    }

    const has = (roomId: string): boolean => mine().has(roomId)

    function set(roomId: string, isIn: boolean): void {
      const userId = auth.user?.userId ?? ''
      const next = new Set(mine())
      if (isIn) next.add(roomId)
      else next.delete(roomId)
      byUser.value.set(userId, next)
      safeStorage.setItem(keyOf(userId), JSON.stringify([...next]))
    }

    addEventListener('storage', ({ key }) => {
      const userId = auth.user?.userId ?? ''
      if (key === keyOf(userId)) byUser.value.set(userId, read(key))
    })

    return { has, set }
  })
}

function read(key: string): Set<string> {
  try {
    const list: unknown = JSON.parse(safeStorage.getItem(key) ?? '[]')
    return new Set(Array.isArray(list) ? list.filter((each) => typeof each === 'string') : [])
  } catch {
    return new Set()
  }
}
