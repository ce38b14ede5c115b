import { beforeEach, expect, it, vi } from 'vitest'
import { leaveOnce, showFailure } from './startFailure'

const unregister = vi.fn(async () => true)
const reload = vi.fn()

beforeEach(() => {
  sessionStorage.clear()
  unregister.mockClear()
  reload.mockClear()
  vi.stubGlobal('caches', { keys: async () => ['parley-shell-1', 'other'], delete: deleted })
  deleted.mockClear()
})
const deleted = vi.fn(async () => true)
const workers = (registrations: object[]) =>
  vi.stubGlobal('navigator', { serviceWorker: { getRegistrations: async () => registrations } })

it('the worker and what it kept go, and the page is loaded once more, but never twice', async () => {
  workers([{ unregister }])

  expect(await leaveOnce(reload)).toBe(true)
  expect(unregister).toHaveBeenCalledOnce()
  expect(deleted.mock.calls).toEqual([['parley-shell-1']])
  expect(await leaveOnce(reload)).toBe(false)
  expect(reload).toHaveBeenCalledOnce()
})

it('without a worker there is nothing to leave', async () => {
  workers([])

  expect(await leaveOnce(reload)).toBe(false)
  expect(reload).not.toHaveBeenCalled()
})

it('says what happened in words, and keeps the reason for those who ask', () => {
  document.body.innerHTML = '<div id="app"></div>'
  showFailure('websocketUrl is missing')

  expect(document.querySelector('[role=alert]')?.textContent).toBe(
    'Parley couldn’t load. Reload the page.',
  )
  expect(document.querySelector('details')?.textContent).toContain('websocketUrl is missing')
})
