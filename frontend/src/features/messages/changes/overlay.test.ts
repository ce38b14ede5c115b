import { describe, expect, it } from 'vitest'
import { aMessage, BOB, ME } from '@/testing/builders'
import { asShown } from './overlay'

const react = (emoji: string, on: boolean) => ({ kind: 'react', emoji, on }) as const
const shown = (message: Parameters<typeof asShown>[0], ...acts: Parameters<typeof asShown>[1]) =>
  asShown(message, acts, ME.userId)

describe('what a person has done', () => {
  it('is shown over the message in its order', () => {
    const message = shown(
      aMessage(1),
      { kind: 'edit', text: 'Once' },
      { kind: 'edit', text: 'Twice' },
    )
    expect(message).toMatchObject({ message: 'Twice', editedAt: 1000 })
  })

  it('leaves nothing of a deleted message, and nothing changes one', () => {
    const message = shown(
      aMessage(1, { reactions: [{ emoji: '👍', users: [BOB.userId] }] }),
      { kind: 'delete' },
      { kind: 'edit', text: 'Late' },
      react('👍', true),
    )
    expect(message).toMatchObject({ message: '', deletedBy: ME.userId })
    expect(message.reactions).toBeUndefined()
  })

  it('adds oneself to a reaction, once, and takes only oneself away', () => {
    const liked = aMessage(1, { reactions: [{ emoji: '👍', users: [BOB.userId] }] })
    const both = [{ emoji: '👍', users: [BOB.userId, ME.userId] }]

    expect(shown(liked, react('👍', true), react('👍', true)).reactions).toEqual(both)
    expect(shown(aMessage(1, { reactions: both }), react('👍', false)).reactions).toEqual(
      liked.reactions,
    )
    expect(shown(aMessage(1), react('🎉', true), react('🎉', false)).reactions).toEqual([])
  })

  it('keeps the place of an emoji, and puts a new one last', () => {
    const message = aMessage(1, {
      reactions: [
        { emoji: '👍', users: [BOB.userId] },
        { emoji: '🎉', users: [BOB.userId] },
      ],
    })
    const emoji = shown(message, react('👍', true), react('👀', true)).reactions?.map(
      (each) => each.emoji,
    )
    expect(emoji).toEqual(['👍', '🎉', '👀'])
  })
})
