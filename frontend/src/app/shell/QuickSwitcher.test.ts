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
