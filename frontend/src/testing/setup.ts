import { getActivePinia } from 'pinia'
import { afterAll, afterEach, vi } from 'vitest'
import { useSession } from '@/app/useSession'

/** Nothing of one test reaches into the next. */
afterEach(() => {
  if (getActivePinia()) useSession().end()
  vi.useRealTimers()
  localStorage.clear()
})

/** A part of the app that a router is still loading would find no page to be loaded into. */
afterAll(() => vi.dynamicImportSettled())
