import { afterEach, expect, it, vi } from 'vitest'
import { closeFor, show } from './show'

const shown = vi.fn()
const closed = vi.fn()
class FakeNotification {
  onclick = () => undefined
  constructor(title: string) {
    shown(title)
  }
  close = closed
}

function workers(getRegistration: () => Promise<unknown>): void {
  vi.stubGlobal('navigator', { serviceWorker: { getRegistration } })
  vi.stubGlobal('Notification', FakeNotification)
}

afterEach(() => {
  shown.mockClear()
  closed.mockClear()
})

it('is shown by the service worker where there is one', async () => {
  const showNotification = vi.fn(async () => undefined)
  workers(async () => ({ active: {}, showNotification }))
  await show({ title: 'Garden', body: 'bob: Hi', roomId: 'room', sortKey: 'a' })

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
  await show({ title: 'Garden', body: 'bob: Hi', roomId: 'room', sortKey: 'a' })

  expect(shown).toHaveBeenCalledWith('Garden')
})

it('of a message that was deleted is closed, and no other', async () => {
  const ofWorker = [
    { data: { sortKey: 'a' }, close: vi.fn() },
    { data: { sortKey: 'b' }, close: vi.fn() },
  ]
  workers(async () => ({ getNotifications: async () => ofWorker }))
  await show({ title: 'Garden', body: 'bob: Hi', roomId: 'room', sortKey: 'a' })
  await closeFor('room', 'b')
  expect(closed).not.toHaveBeenCalled()

  await closeFor('room', 'a')
  expect(closed).toHaveBeenCalledOnce()
  for (const { close } of ofWorker) expect(close).toHaveBeenCalledOnce()
})
