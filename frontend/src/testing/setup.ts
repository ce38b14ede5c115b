import { getActivePinia } from 'pinia'
import { afterEach, vi } from 'vitest'
import { useWebSocket } from '@/connection/useWebSocket'

/** Nothing of one test reaches into the next. */
afterEach(() => {
  if (getActivePinia()) useWebSocket().stop()
  vi.useRealTimers()
  localStorage.clear()
})
