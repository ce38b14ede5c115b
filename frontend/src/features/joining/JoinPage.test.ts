import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { createAppRouter } from '@/app/router'
import { aRoom, refusal, welcome } from '@/testing/builders'
import { FakeServer } from '@/testing/fakeServer'
import { inSession, settle } from '@/testing/signedIn'
import type { Invitation, RoomSummary, ServerEvent } from '@/api/types.gen'
import { useDrafts } from '@/features/messages/composer/drafts'
import { memberChanged } from '@/testing/builders'
import JoinPage from './JoinPage.vue'
import { useRooms } from '@/features/rooms/useRooms'

const WAITING = aRoom({ roomId: 'waiting', status: 'pending' })

let server: FakeServer

const anInvitation = (
  { roomId }: { roomId: string },
  changes: Partial<Invitation> = {},
): Invitation => ({
  action: 'invitation',
  roomId,
  roomName: 'Garden',
  visibility: 'approval',
  memberCount: 3,
  ...changes,
})

async function asking() {
  server = new FakeServer({
    hello: () => welcome([WAITING]),
    joinRoom: () => undefined,
    getInvitation: anInvitation,
  })
  await inSession()
  const page = mount(JoinPage, {
    props: { roomId: 'garbage' },
    global: { plugins: [createAppRouter()] },
  })
  await settle()
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

async function shown(rooms: RoomSummary[], answer: (command: { roomId: string }) => ServerEvent) {
  server = new FakeServer({ hello: () => welcome(rooms), getInvitation: answer })
  await inSession()
  const router = createAppRouter()
  await router.push('/join/room')
  const page = mount(JoinPage, { props: { roomId: 'room' }, global: { plugins: [router] } })
  await settle()
  return page
}

it('an invitation names the room and how many are in it', async () => {
  const page = await shown([], anInvitation)

  expect(page.get('h1').text()).toBe('Garden')
  expect(page.text()).toContain('You’ve been invited to Garden')
  expect(page.text()).toContain('3 members')
  expect(page.get('button.button-primary').text()).toBe('Request to join')
})

it('an open room is joined, not asked; and of very many members the number is not exact', async () => {
  const page = await shown([], (command) =>
    anInvitation(command, { visibility: 'open', memberCount: 200 }),
  )

  expect(page.get('button.button-primary').text()).toBe('Join room')
  expect(page.text()).toContain('200+ members')
})

it('a dead link says so, and offers nothing that cannot work', async () => {
  const page = await shown([], () => refusal('notFound'))

  expect(page.text()).toContain('This invite link isn’t valid')
  expect(page.find('button.button-primary').exists()).toBe(false)
})

it('a banned person is told so, by the name of the room', async () => {
  const page = await shown([aRoom({ status: 'banned' })], () => refusal('forbidden'))

  expect(page.text()).toContain('You can’t join Garden')
  expect(page.text()).toContain('You were banned by an admin.')
})

it('who is no longer in a room reads that, and can take along what was not sent', async () => {
  const page = await shown([aRoom()], anInvitation)
  useDrafts().write('room', 'Half a thought')
  server.push(memberChanged({ status: 'left', version: 2 }))
  await settle()

  expect(page.text()).toContain('You’re no longer in Garden')
  expect(page.text()).toContain('Half a thought')
  expect(page.get('button.button-primary').text()).toBe('Request to join')
})

it('who was let in again reads that', async () => {
  const page = await shown([aRoom({ status: 'banned' })], anInvitation)
  server.push(memberChanged({ status: 'left', version: 2 }))
  await settle()

  expect(page.text()).toContain('You can join Garden again')
})
