import { config } from '@vue/test-utils'
import { getActivePinia } from 'pinia'
import { afterEach, vi } from 'vitest'
import { useWebSocket } from '@/connection/useWebSocket'
import { i18n } from '@/i18n/i18n'

config.global.plugins = [i18n]

/** Nothing of one test reaches into the next. */
afterEach(() => {
  if (getActivePinia()) useWebSocket().stop()
  vi.useRealTimers()
  localStorage.clear()
})
