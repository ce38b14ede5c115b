import { createPinia, setActivePinia } from 'pinia'
import { effectScope } from 'vue'
import { beforeEach, expect, it, vi } from 'vitest'
import { settle } from '@/testing/signedIn'
import { useConnectionNotice } from './useConnectionNotice'
import { useWebSocket } from '@/api/useWebSocket'

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
})

const notice = () => effectScope().run(() => useConnectionNotice())!

it('says nothing while connected, nor for a short interruption', async () => {
  useWebSocket().connected = true
  const shown = notice()
  await settle()
  expect(shown.value).toBeUndefined()

  useWebSocket().connected = false
  await settle(1_900)
  expect(shown.value).toBeUndefined()
})

it('says that it reconnects after two seconds, and offers another try', async () => {
  const shown = notice()
  await settle(2_100)

  expect(shown.value).toEqual({ text: 'Reconnecting…', canRetry: true })
  useWebSocket().connected = true
  await settle()
  expect(shown.value).toBeUndefined()
})

it('says at once that there is no network', () => {
  const shown = notice()
  useWebSocket().online = false

  expect(shown.value?.text).toMatch(/offline/)
})
