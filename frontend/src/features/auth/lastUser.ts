import { safeStorage } from '@/shared/safeStorage'
import type { User } from './identity'

const KEY = 'parley.user'

/** Who was signed in last at this browser: known even where the user pool cannot be reached to ask. */
export function read(): User | undefined {
  try {
    return (JSON.parse(safeStorage.getItem(KEY) ?? 'null') as User | null) ?? undefined
  } catch {
    return undefined
  }
}

export function write(user: User | undefined): void {
  if (user) safeStorage.setItem(KEY, JSON.stringify(user))
  else safeStorage.removeItem(KEY)
}

/** Calls back when another tab has signed somebody in or out. */
export function onChange(tell: (user: User | undefined) => void): void {
  addEventListener('storage', ({ key }) => {
    if (key === KEY) tell(read())
  })
}
