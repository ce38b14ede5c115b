import { config } from '@vue/test-utils'
import { getActivePinia } from 'pinia'
import { afterEach, vi } from 'vitest'
import { useSession } from '@/app/useSession'
import { i18n } from '@/shared/i18n/i18n'

config.global.plugins = [i18n]

/** Nothing of one test reaches into the next. */
afterEach(() => {
  if (getActivePinia()) useSession().end()
  vi.useRealTimers()
  localStorage.clear()
})
