import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { createAppRouter } from '@/app/router'
import { aRoom, ME, refusal, welcome } from '@/testing/builders'
import { FakeServer } from '@/testing/fakeServer'
import { inSession, settle } from '@/testing/signedIn'
import MembersPanel from './MembersPanel.vue'

it('a list that could not be read can be asked for again', async () => {
  const server = new FakeServer({
    hello: () => welcome([aRoom()]),
    getMembers: () => refusal('forbidden'),
  })
  await inSession()
  const panel = mount(MembersPanel, {
    props: { room: aRoom() },
    global: { plugins: [createAppRouter()] },
  })
  await settle()
  expect(panel.get('[role="alert"]').text()).not.toBe('')

  server.answers.getMembers = () => ({
    action: 'roomMembers',
    roomId: 'room',
    roomName: 'Garden',
    participants: [{ ...ME, status: 'approved', isAdmin: true, isModerator: false, version: 1 }],
    hasMore: false,
  })
  await panel
    .findAll('button')
    .find((each) => each.text() === 'Try again')
    ?.trigger('click')
  await settle()

  expect(panel.find('[role="alert"]').exists()).toBe(false)
  expect(panel.text()).toContain('1 member')
})
