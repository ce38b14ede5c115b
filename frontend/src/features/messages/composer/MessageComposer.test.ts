import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useEditing } from '@/features/messages/changes/useEditing'
import { useReplying } from '@/features/messages/quotes/useReplying'
import { aMessage } from '@/testing/builders'
import { useOutbox } from '@/features/messages/outbox/useOutbox'
import { useNotices } from '@/ui/notices/useNotices'
import { useDrafts } from './drafts'
import MessageComposer from './MessageComposer.vue'

beforeEach(() => setActivePinia(createPinia()))

const PEOPLE = [{ userId: 'bob', username: 'bob' }, { username: 'room' }]
const NOTHING_MORE = { mentions: [], mentionsRoom: false, quoted: undefined }

async function write(text: string) {
  const send = vi.spyOn(useOutbox(), 'send').mockReturnValue()
  const composer = mount(MessageComposer, {
    props: { roomId: 'room', roomName: 'Garden', people: PEOPLE },
  })
  const field = composer.get('textarea')
  await field.setValue(text)
  return { composer, field, send }
}

describe('the composer', () => {
  it('sends with Enter and is empty again', async () => {
    const { field, send } = await write('Hello')
    await field.trigger('keydown', { key: 'Enter' })

    expect(send).toHaveBeenCalledWith('room', 'Hello', NOTHING_MORE)
    expect(field.element.value).toBe('')
  })

  it('sends whom the text mentions and what it answers', async () => {
    const { field, send } = await write('@Bob, @room and @nobody')
    useReplying().begin(aMessage(1))
    await field.trigger('keydown', { key: 'Enter' })

    expect(send).toHaveBeenCalledWith('room', '@Bob, @room and @nobody', {
      mentions: [{ userId: 'bob', username: 'bob' }],
      mentionsRoom: true,
      quoted: expect.objectContaining({ sortKey: aMessage(1).sortKey, excerpt: 'Text 1' }),
    })
    expect(useReplying().of('room')).toBeUndefined()
  })

  it('keeps whom an edited message mentions, though the members are not loaded', async () => {
    const edit = vi.spyOn(useEditing(), 'save').mockReturnValue()
    useEditing().begin(aMessage(1, { mentions: [{ userId: 'zoe', username: 'zoe' }] }))
    const { field } = await write('Hello again, @zoe.')
    await field.trigger('keydown', { key: 'Enter' })

    expect(edit).toHaveBeenCalledWith('room', ['zoe'])
  })

  it('completes a name that is being typed', async () => {
    const { composer, field } = await write('hi @b')
    expect(composer.emitted('names')).toBeTruthy()
    await field.trigger('keydown', { key: 'Enter' })

    expect(field.element.value).toBe('hi @bob ')
  })

  it('leaves Shift+Enter to the text', async () => {
    const { field, send } = await write('Hello')
    await field.trigger('keydown', { key: 'Enter', shiftKey: true })

    expect(send).not.toHaveBeenCalled()
    expect(field.element.value).toBe('Hello')
  })

  it('leaves Enter to an input method that is composing', async () => {
    const { field, send } = await write('にほ')
    await field.trigger('keydown', { key: 'Enter', isComposing: true })

    expect(send).not.toHaveBeenCalled()
  })

  it('chooses by Tab what the last letter found, however soon the key follows', async () => {
    const { field, composer } = await write(':rock')
    await vi.waitFor(() => expect(composer.find('[role=option]').text()).toContain(':rock:'))

    field.element.value = ':rocket'
    field.element.setSelectionRange(7, 7)
    field.element.dispatchEvent(new Event('input'))
    field.element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Tab' }))

    expect(field.element.value).toBe('🚀 ')
  })

  it.each([' \n ', '\u200B', '\u3164\u2800'])(
    'sends nothing that shows nothing: %j',
    async (text) => {
      const { field, send } = await write(text)
      await field.trigger('keydown', { key: 'Enter' })

      expect(send).not.toHaveBeenCalled()
    },
  )

  it('tells when the characters run out, and sends no more than the limit', async () => {
    const atLimit = await write('é'.repeat(4_096))
    expect(atLimit.composer.text()).toContain('0 characters left')
    expect(atLimit.composer.get('button[type=submit]').attributes('disabled')).toBeUndefined()

    const over = await write('é'.repeat(4_097))
    await over.field.trigger('keydown', { key: 'Enter' })
    expect(over.composer.text()).toContain('1 character over the limit')
    expect(over.send).not.toHaveBeenCalled()
  })

  it('takes what an input method has not committed yet', async () => {
    const { field, composer } = await write('')
    field.element.dispatchEvent(new CompositionEvent('compositionstart'))
    field.element.value = 'にほ'
    await field.trigger('input', { isComposing: true })

    expect(useDrafts().of('room')).toBe('にほ')
    expect(composer.get('button[type=submit]').attributes('disabled')).toBeUndefined()
  })

  it.each([
    ['b', '**now**'],
    ['i', '_now_'],
    ['e', '`now`'],
  ])('puts marks around what is selected by Ctrl+%s, and takes them away', async (key, marked) => {
    const { field } = await write('see now')
    field.element.setSelectionRange(4, 7)
    await field.trigger('keydown', { key, ctrlKey: true })
    expect(field.element.value).toBe(`see ${marked}`)

    await field.trigger('keydown', { key, ctrlKey: true })
    expect(field.element.value).toBe('see now')
  })

  function paste(field: Element, text: string, files: File[] = []): Event {
    const event = Object.assign(new Event('paste', { cancelable: true }), {
      clipboardData: { getData: () => text, files },
    })
    field.dispatchEvent(event)
    return event
  }
  const notices = () => useNotices().notices.map(({ text }) => text)

  it('makes a link of what is selected when an address is pasted', async () => {
    const { field } = await write('see the plan')
    field.element.setSelectionRange(8, 12)

    expect(paste(field.element, 'https://a.example/x').defaultPrevented).toBe(true)
    expect(field.element.value).toBe('see the [plan](https://a.example/x)')
  })

  it('answers a pasted file with a sentence', async () => {
    const { field } = await write('')
    const event = paste(field.element, '', [new File([''], 'cat.png')])

    expect(event.defaultPrevented).toBe(true)
    expect(notices()).toEqual([expect.stringContaining('Files can’t be sent yet')])
  })

  it('refuses a text that no message could hold, as a whole', async () => {
    const { field } = await write('kept')
    const event = paste(field.element, 'x'.repeat(2_000_000))

    expect(event.defaultPrevented).toBe(true)
    expect(field.element.value).toBe('kept')
    expect(notices()).toEqual([expect.stringContaining('too long to paste')])
  })

  it('lets no dropped file lead the browser away', async () => {
    await write('')
    const over = Object.assign(new Event('dragover', { cancelable: true }), {
      dataTransfer: { types: ['Files'] },
    })
    const drop = Object.assign(new Event('drop', { cancelable: true }), {
      dataTransfer: { types: ['Files'] },
    })
    dispatchEvent(over)
    dispatchEvent(drop)

    expect([over.defaultPrevented, drop.defaultPrevented]).toEqual([true, true])
    expect(notices()).toEqual([expect.stringContaining('Files can’t be sent yet')])
  })
})
