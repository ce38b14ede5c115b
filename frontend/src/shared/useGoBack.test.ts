import { expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { backOnce } from './useGoBack'

it('is one step, however often the button is pressed', async () => {
  const page = { template: '' }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: ['/one', '/two', '/three'].map((path) => ({ path, component: page })),
  })
  for (const path of ['/one', '/two', '/three']) await router.push(path)
  const arrived = () =>
    new Promise<void>((resolve) => {
      const stop = router.afterEach(() => {
        stop()
        resolve()
      })
    })

  const first = arrived()
  backOnce(router)
  backOnce(router)
  await first
  expect(router.currentRoute.value.path).toBe('/two')

  const second = arrived()
  backOnce(router)
  await second
  expect(router.currentRoute.value.path).toBe('/one')
})
