import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useOutbox } from '@/features/messages/outbox/useOutbox'
import MessageComposer from './MessageComposer.vue'

beforeEach(() => setActivePinia(createPinia()))

async function write(text: string) {
  const send = vi.spyOn(useOutbox(), 'send').mockReturnValue()
  const composer = mount(MessageComposer, { props: { roomId: 'room', roomName: 'Garden' } })
  const field = composer.get('textarea')
  await field.setValue(text)
  return { composer, field, send }
}

describe('the composer', () => {
  it('sends with Enter and is empty again', async () => {
    const { field, send } = await write('Hello')
    await field.trigger('keydown', { key: 'Enter' })

    expect(send).toHaveBeenCalledWith('room', 'Hello')
    expect(field.element.value).toBe('')
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

  it('sends no spaces', async () => {
    const { field, send } = await write(' \n ')
    await field.trigger('keydown', { key: 'Enter' })

    expect(send).not.toHaveBeenCalled()
  })

  it('counts bytes, tells when they run out, and sends no more than the limit', async () => {
    const atLimit = await write('é'.repeat(4_096))
    expect(atLimit.composer.text()).toContain('0 bytes left')
    expect(atLimit.composer.get('button[type=submit]').attributes('disabled')).toBeUndefined()

    const over = await write('é'.repeat(4_097))
    await over.field.trigger('keydown', { key: 'Enter' })
    expect(over.composer.text()).toContain('Too long by 2 bytes')
    expect(over.send).not.toHaveBeenCalled()
  })
})
