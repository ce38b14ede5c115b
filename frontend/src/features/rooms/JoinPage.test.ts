import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { createAppRouter } from '@/app/router'
import { aRoom, refusal, welcome } from '@/testing/builders'
import { FakeServer } from '@/testing/fakeServer'
import { inSession, settle } from '@/testing/signedIn'
import JoinPage from './JoinPage.vue'
import { useRooms } from './useRooms'

const WAITING = aRoom({ roomId: 'waiting', status: 'pending' })

let server: FakeServer

async function asking() {
  server = new FakeServer({ hello: () => welcome([WAITING]), joinRoom: () => undefined })
  await inSession()
  const page = mount(JoinPage, {
    props: { roomId: 'garbage' },
    global: { plugins: [createAppRouter()] },
  })
  await page.get('button.button-primary').trigger('click')
  await settle()
  return page
}

async function refuse() {
  server.push({ ...refusal('notFound'), requestId: server.received('joinRoom')[0]?.requestId })
  await settle()
}

const hasProblem = (page: Awaited<ReturnType<typeof asking>>) =>
  page.find('[role="alert"]').exists()

it('what went wrong with one invitation is not said of the next', async () => {
  const page = await asking()
  await refuse()
  expect(hasProblem(page)).toBe(true)

  await page.setProps({ roomId: 'waiting' })
  expect(hasProblem(page)).toBe(false)
  expect(page.text()).toContain('Request sent')

  await page.setProps({ roomId: 'garbage' })
  expect(hasProblem(page)).toBe(false)
})

it('nor when it is known only by then', async () => {
  const page = await asking()
  await page.setProps({ roomId: 'waiting' })
  await refuse()

  expect(hasProblem(page)).toBe(false)
})

it.each([
  ['pending', 'Withdraw request'],
  ['rejected', 'Remove from list'],
] as const)('lets go of a request that is %s', async (status, label) => {
  server = new FakeServer({
    hello: () => welcome([aRoom({ roomId: 'asked', status })]),
    leaveRoom: ({ roomId }) => ({ action: 'roomLeft', roomId }),
  })
  await inSession()
  const router = createAppRouter()
  const page = mount(JoinPage, { props: { roomId: 'asked' }, global: { plugins: [router] } })

  await page
    .findAll('button')
    .find((button) => button.text() === label)
    ?.trigger('click')
  await settle()

  expect(server.received('leaveRoom')).toMatchObject([{ roomId: 'asked' }])
  expect(useRooms().requests).toEqual([])
})
