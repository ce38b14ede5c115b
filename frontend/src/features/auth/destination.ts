import type { LocationQuery } from 'vue-router'
import { keptInTab } from '@/shared/safeStorage'

const KEY = 'parley.destination'

/** Where somebody was going when they were asked to sign in: a place of this app, or its start. */
export function destination({ query }: { query: LocationQuery }): string {
  const next = query.next
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/'
}

/** Keeps it in this tab while one is at the pool's own sign-in pages, which lead back to the start. */
export function remember(path: string): void {
  keptInTab.setItem(KEY, path)
}

/** Where to go on after coming back; once. */
export function recall(): string | undefined {
  const path = keptInTab.getItem(KEY) ?? undefined
  keptInTab.removeItem(KEY)
  return path
}

/** Whether this is the way back from those pages, with what the app has no further use for in its address. */
export function isWayBack({ query }: { query: LocationQuery }): boolean {
  return 'state' in query && ('code' in query || 'error' in query)
}
