import { getActivePinia } from 'pinia'
import { afterEach, vi } from 'vitest'
import { useSession } from '@/app/useSession'

/** Nothing of one test reaches into the next. */
afterEach(() => {
  if (getActivePinia()) useSession().end()
  vi.useRealTimers()
  localStorage.clear()
})
