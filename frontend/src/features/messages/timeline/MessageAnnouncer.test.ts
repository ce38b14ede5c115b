import { mount } from '@vue/test-utils'
import { beforeEach, expect, it } from 'vitest'
import { aMessage, ME, messages } from '@/testing/builders'
import { settle, signedIn } from '@/testing/signedIn'
import MessageAnnouncer from './MessageAnnouncer.vue'

beforeEach(() => signedIn())

async function spokenAfter(list: ReturnType<typeof messages>, before = messages(1, 2)) {
  const announcer = mount(MessageAnnouncer, { props: { messages: before } })
  await announcer.setProps({ messages: list })
  await settle(1_000)
  return announcer.text()
}

it('speaks what others write, without its marks', async () => {
  const next = aMessage(3, { message: '**Hi**' })
  expect(await spokenAfter([...messages(1, 2), next])).toBe('bob: Hi')
})

it('speaks all that came at once, or, of many, how many', async () => {
  expect(await spokenAfter(messages(1, 4))).toBe('bob: Text 3\nbob: Text 4')
  expect(await spokenAfter(messages(1, 12))).toBe('10 new messages')
})

it('is silent about history and about what one wrote oneself', async () => {
  expect(await spokenAfter(messages(1, 2), messages(2, 2))).toBe('')
  expect(await spokenAfter(messages(1, 2), [])).toBe('')
  expect(await spokenAfter([...messages(1, 2), aMessage(3, ME)])).toBe('')
})
