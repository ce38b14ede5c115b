import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi, type Mock } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useShortcuts } from './useShortcuts'

let openSwitcher: Mock<() => void>
let app: ReturnType<typeof mount>

beforeEach(() => {
  setActivePinia(createPinia())
  openSwitcher = vi.fn<() => void>()
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/', component: { template: '' } }],
  })
  const setup = () => {
    useShortcuts({ openSwitcher, openHelp: () => undefined })
    return () => null
  }
  app = mount({ setup }, { global: { plugins: [router] } })
})

afterEach(() => {
  app.unmount()
  document.body.innerHTML = ''
})

function press(key: string, modifiers: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...modifiers })
  document.body.dispatchEvent(event)
  return event
}

it('Ctrl+K opens the switcher', () => {
  press('k', { ctrlKey: true })
  expect(openSwitcher).toHaveBeenCalledOnce()
})

it.each(['dialog', 'alertdialog'])(
  'but not on top of what is open as %s, nor anything of the browser',
  (role) => {
    document.body.innerHTML = `<div role="${role}"></div>`

    expect(press('k', { ctrlKey: true }).defaultPrevented).toBe(true)
    expect(openSwitcher).not.toHaveBeenCalled()
  },
)
