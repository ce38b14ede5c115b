import { afterEach, expect, it, vi } from 'vitest'
import { show } from './show'

const shown = vi.fn()
class FakeNotification {
  onclick = () => undefined
  constructor(title: string) {
    shown(title)
  }
  close = () => undefined
}

function workers(getRegistration: () => Promise<unknown>): void {
  vi.stubGlobal('navigator', { serviceWorker: { getRegistration } })
  vi.stubGlobal('Notification', FakeNotification)
}

afterEach(() => shown.mockClear())

it('is shown by the service worker where there is one', async () => {
  const showNotification = vi.fn(async () => undefined)
  workers(async () => ({ active: {}, showNotification }))
  await show({ title: 'Garden', body: 'bob: Hi', roomId: 'room' })

  expect(showNotification).toHaveBeenCalledWith('Garden', expect.objectContaining({ tag: 'room' }))
  expect(shown).not.toHaveBeenCalled()
})

it.each([
  ['is forbidden', () => Promise.reject(new DOMException('no', 'SecurityError'))],
  ['is not there', () => Promise.resolve(undefined)],
  [
    'cannot show it',
    () =>
      Promise.resolve({ active: {}, showNotification: () => Promise.reject(new TypeError('no')) }),
  ],
])('is shown by the page where the worker %s', async (_, getRegistration) => {
  workers(getRegistration)
  await show({ title: 'Garden', body: 'bob: Hi', roomId: 'room' })

  expect(shown).toHaveBeenCalledWith('Garden')
})
