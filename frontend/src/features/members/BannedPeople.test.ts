import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, it } from 'vitest'
import { aRoom, BOB, memberChanged, refusal, welcome } from '@/testing/builders'
import { FakeServer } from '@/testing/fakeServer'
import { inSession, settle } from '@/testing/signedIn'
import type { GetMembers, Participant, RoomMembers } from '@/api/types.gen'
import BannedPeople from './BannedPeople.vue'

const CAROL = { userId: 'carol-id', username: 'carol' }
let server: FakeServer

beforeEach(async () => {
  const banned = [CAROL, BOB].map((each): Participant => ({
    ...each,
    status: 'banned',
    isAdmin: false,
    isModerator: false,
    version: 2,
  }))
  server = new FakeServer({
    hello: () => welcome([aRoom({ isAdmin: true })]),
    getMembers: ({ after }) =>
      page(after === undefined ? banned.slice(0, 1) : banned.slice(1), after),
    updateMember: () => memberChanged({ ...CAROL, status: 'left' }),
  })
  await inSession()
})

function page(participants: Participant[], after: GetMembers['after']): RoomMembers {
  const more = after === undefined ? { hasMore: true, next: 'more' } : { hasMore: false }
  return { action: 'roomMembers', roomId: 'room', roomName: 'Garden', participants, ...more }
}

async function opened() {
  const shown = mount(BannedPeople, { props: { roomId: 'room' } })
  const details = shown.find('details')
  details.element.open = true
  await details.trigger('toggle')
  await settle()
  await flushPromises()
  return shown
}

it('is asked for when it is opened, to the last page', async () => {
  mount(BannedPeople, { props: { roomId: 'room' } })
  expect(server.received('getMembers')).toEqual([])

  const shown = await opened()
  expect(server.received('getMembers')).toMatchObject([{ status: 'banned' }, { status: 'banned' }])
  expect(shown.findAll('bdi').map((each) => each.text())).toEqual(['bob', 'carol'])
})

it('somebody whose ban is lifted is gone from it', async () => {
  const shown = await opened()
  await shown.find('button[aria-label$="carol"]').trigger('click')
  await settle()

  expect(server.received('updateMember')).toMatchObject([
    { roomId: 'room', targetUserId: CAROL.userId, change: 'unban' },
  ])
  expect(shown.findAll('bdi').map((each) => each.text())).toEqual(['bob'])
})

it('a refusal is told, and the person stays', async () => {
  server.answers.updateMember = () => refusal('forbidden')
  const shown = await opened()
  await shown.find('button[aria-label$="carol"]').trigger('click')
  await settle()

  expect(shown.find('[role="alert"]').text()).not.toBe('')
  expect(shown.findAll('bdi')).toHaveLength(2)
})
