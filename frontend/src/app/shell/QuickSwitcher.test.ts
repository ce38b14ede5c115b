import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import QuickSwitcher from './QuickSwitcher.vue'

it('goes when the page beneath it changes, as by the browser’s back button', async () => {
  setActivePinia(createPinia())
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:room*', component: { template: '' } }],
  })
  await router.push('/first')
  await router.push('/second')
  const switcher = mount(QuickSwitcher, { props: { open: true }, global: { plugins: [router] } })
  expect(switcher.emitted('update:open')).toBeUndefined()

  router.back()
  await flushPromises()

  expect(switcher.emitted('update:open')).toEqual([[false]])
})

it.each([{ isComposing: true }, { keyCode: 229 }])(
  'leaves Enter to an input method that is composing: %o',
  async (composing) => {
    setActivePinia(createPinia())
    const router = createRouter({
      history: createMemoryHistory(),
      routes: [{ path: '/:pathMatch(.*)*', name: 'createRoom', component: { template: '' } }],
    })
    const switcher = mount(QuickSwitcher, {
      props: { open: true },
      global: { plugins: [router] },
      attachTo: document.body,
    })
    await flushPromises()
    const press = (more: object) => {
      const event = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true })
      for (const [name, value] of Object.entries(more))
        Object.defineProperty(event, name, { value })
      document.querySelector('[role=combobox]')?.dispatchEvent(event)
      return flushPromises()
    }

    await press(composing)
    expect(switcher.emitted('update:open')).toBeUndefined()

    await press({})
    expect(switcher.emitted('update:open')).toEqual([[false]])
    switcher.unmount()
  },
)
