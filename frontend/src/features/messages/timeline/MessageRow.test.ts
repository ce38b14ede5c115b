import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import type { OutboxEntry } from '@/features/messages/outbox/storage'
import { useOutbox } from '@/features/messages/outbox/useOutbox'
import { aMessage, ME } from '@/testing/builders'
import MessageRow from './MessageRow.vue'
import { toRows } from './rows'

beforeEach(() => setActivePinia(createPinia()))

const show = (...args: Parameters<typeof toRows>) =>
  toRows(...args).map((row) => mount(MessageRow, { props: { row } }))

function anEntry(changes: Partial<OutboxEntry> = {}): OutboxEntry {
  return {
    clientMessageId: 'entry',
    roomId: 'room',
    message: 'On its way',
    createdAt: Date.now(),
    state: 'sending',
    ...changes,
  }
}

function unsent(changes: Partial<OutboxEntry> = {}) {
  return show([], [anEntry(changes)], ME)[0]!
}

it('names the author once per group, and to screen readers with every message', () => {
  const [first, second] = show([aMessage(1), aMessage(2)], [], ME)

  expect(first!.get('article').text()).toContain('bob')
  expect(second!.get('article').text()).not.toContain('bob')
  expect(second!.get('article').attributes('aria-label')).toMatch(/^bob, /)
})

it('tells the time by the clock, and the whole of it on hovering', () => {
  const [row] = show([aMessage(1, { timestamp: Date.UTC(2026, 4, 12, 10) })], [], ME)
  const time = row!.get('time')
  expect(time.attributes('datetime')).toBe('2026-05-12T10:00:00.000Z')
  expect(time.attributes('title')).toContain('2026')
})

it('begins a day with its name, and what is new with a line', () => {
  const [first, second] = show([aMessage(1), aMessage(2)], [], ME, 1)
  expect(first!.text()).toContain('1970')
  expect(first!.find('[data-new]').exists()).toBe(false)
  expect(second!.get('[data-new]').text()).toBe('New messages')
})

it('shows nothing of a message that was deleted', () => {
  const [row] = show([aMessage(1, { message: 'Secret', deletedAt: 2 })], [], ME)
  expect(row!.text()).not.toContain('Secret')
  expect(row!.text()).toContain('This message was deleted.')
})

it('no name can turn the direction of what stands beside it', () => {
  const [row] = show([aMessage(1, { username: 'a\u202Eb' })], [], ME)
  expect(row!.get('bdi').text()).toBe('ab')
})

it('waits for a connection until it is sent', () => {
  useOutbox().entries = [anEntry()]

  expect(unsent().text()).toContain('Waiting for connection…')
})

it('that failed says why, and may be tried again or discarded', async () => {
  const outbox = useOutbox()
  const [retry, remove] = [
    vi.spyOn(outbox, 'retry').mockReturnValue(),
    vi.spyOn(outbox, 'remove').mockReturnValue(),
  ]
  const row = unsent({ state: 'failed', reason: 'Too fast.' })
  expect(row.get('[role=alert]').text()).toBe('Not sent. Too fast.')

  await row.findAll('button')[0]!.trigger('click')
  await row.findAll('button')[1]!.trigger('click')
  expect(retry).toHaveBeenCalledWith('entry')
  expect(remove).toHaveBeenCalledWith('entry')
})

it('that is too old to be sent once can only be discarded', () => {
  const row = unsent({ state: 'failed', reason: 'Too old.', createdAt: 0 })
  expect(row.findAll('button').map((button) => button.text())).toEqual(['Discard'])
})
