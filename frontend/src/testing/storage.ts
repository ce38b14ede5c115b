import { vi } from 'vitest'

/** A browser that forbids localStorage: only to name it throws. */
export function forbidStorage(): void {
  vi.stubGlobal('localStorage', undefined)
}

/** A localStorage that takes nothing any more. */
export function fillStorage(): void {
  const setItem = () => {
    throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
  }
  const { localStorage } = globalThis
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => localStorage.getItem(key),
    removeItem: (key: string) => localStorage.removeItem(key),
    setItem,
  })
}
