import { mount } from '@vue/test-utils'
import { beforeEach, expect, it, vi } from 'vitest'
import { defineComponent, ref } from 'vue'
import { aMessage, aRoom, history, messages, pushed, refusal, welcome } from '@/testing/builders'
import { FakeServer } from '@/testing/fakeServer'
import { inSession, settle } from '@/testing/signedIn'
import { useReadMarker } from './useReadMarker'
import { useTimeline } from './useTimeline'

let server: FakeServer

beforeEach(async () => {
  server = new FakeServer({
    hello: () => welcome([aRoom({ lastSeq: 3, lastReadSeq: 1 })]),
    getMessages: () => history(messages(1, 3)),
    markRead: ({ roomId, seq }) => ({ action: 'roomRead', roomId, lastReadSeq: seq }),
  })
  await inSession()
})

async function show(atEnd = ref(true)): Promise<void> {
  mount(
    defineComponent({
      setup: () => useReadMarker(ref('room'), atEnd),
      render: () => undefined,
    }),
  )
  void useTimeline().open('room')
  await settle()
}

function visible(state: DocumentVisibilityState): void {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
  document.dispatchEvent(new Event('visibilitychange'))
}

const marked = () => server.received('markRead').map(({ seq }) => seq)

it('a room is read as it is shown, and each message as it arrives', async () => {
  await show()
  server.push(pushed(aMessage(4)))
  await settle()

  expect(marked()).toEqual([3, 4])
})

it('nothing is read while the page cannot be seen', async () => {
  visible('hidden')
  await show()
  expect(marked()).toEqual([])

  visible('visible')
  await settle()
  expect(marked()).toEqual([3])
})

it('what lies below the view is not read before one gets there', async () => {
  const atEnd = ref(false)
  await show(atEnd)
  expect(marked()).toEqual([])

  atEnd.value = true
  await settle()
  expect(marked()).toEqual([3])
})

it('what lies beyond a gap is not read before the gap has healed', async () => {
  await show()
  server.answers.getMessages = () => undefined
  server.push(pushed(aMessage(6)))
  await settle()

  expect(marked()).toEqual([3])
})

it('a refusal is not answered with asking again and again', async () => {
  server.answers.markRead = () => refusal('notFound')
  await show()
  await settle(1_000)

  expect(marked()).toEqual([3])
})
