import { config } from '@vue/test-utils'
import { getActivePinia } from 'pinia'
import { afterEach, vi } from 'vitest'
import { useSession } from '@/chat/useSession'
import { i18n } from '@/i18n/i18n'

config.global.plugins = [i18n]

/** Nothing of one test reaches into the next. */
afterEach(() => {
  if (getActivePinia()) useSession().end()
  vi.useRealTimers()
  localStorage.clear()
})
