import { beforeEach, describe, expect, it } from 'vitest'
import type { Changed, EditMessage, React, ServerEvent, StoredMessage } from '@/api/types.gen'
import { useTimeline } from '@/features/messages/history'
import { aMessage, aRoom, history, ME, refusal, welcome } from '@/testing/builders'
import { FakeServer } from '@/testing/fakeServer'
import { inSession, settle } from '@/testing/signedIn'
import { useNotices } from '@/ui/notices/useNotices'
import { useChanges } from './useChanges'

let server: FakeServer
let stored: StoredMessage
let rev: number
const KEY = aMessage(1).sortKey

/** The server makes a change of the message, and tells it. */
function changed(change: Partial<StoredMessage>): Changed {
  stored = { ...stored, ...change, rev: ++rev }
  return { action: 'changed', roomId: 'room', fromRev: rev - 1, rev, messages: [stored] }
}

function edit({ message, basedOn }: EditMessage): ServerEvent {
  if ((stored.textRev ?? 0) !== basedOn) return refusal('conflict', { reason: 'editedSince' })
  return changed({ message, editedAt: 9, textRev: rev + 1 })
}

const react = ({ emoji, on }: React): ServerEvent =>
  changed({ reactions: on ? [{ emoji, users: [ME.userId] }] : undefined })

/** As the person sees it. */
function shown(): StoredMessage {
  const message = useTimeline().of('room')?.messages[0]
  if (!message) throw new Error('nothing is shown')
  return useChanges().shown(message)
}

beforeEach(async () => {
  stored = aMessage(1, ME)
  rev = 0
  server = new FakeServer({
    hello: () => welcome([aRoom({ lastSeq: 1, lastReadSeq: 1, rev })]),
    getMessages: () => history([stored], false, rev),
    editMessage: edit,
    react,
  })
  await inSession()
  void useTimeline().open('room')
  await settle()
})

describe('a change', () => {
  it('is shown before the server has answered, and as the server has it afterwards', async () => {
    void useChanges().edit('room', { sortKey: KEY, text: 'New', basedOn: 0 })
    expect(shown().message).toBe('New')
    expect(useTimeline().of('room')?.messages[0]?.message).toBe('Text 1')
    await settle()

    expect(useTimeline().of('room')?.messages[0]).toMatchObject({ message: 'New', rev: 1 })
    expect(useTimeline().of('room')?.rev).toBe(1)
  })

  it('is taken away again, with a sentence, when it is refused', async () => {
    server.answers.react = () => refusal('conflict', { reason: 'tooManyReactions' })
    void useChanges().react('room', KEY, '👍', true)
    expect(shown().reactions).toHaveLength(1)
    await settle()

    expect(shown().reactions).toBeUndefined()
    expect(useNotices().notices.map(({ text }) => text)).toEqual([
      'This message can’t take any more reactions.',
    ])
  })

  it('waits for the one before it, so that the last word is said last', async () => {
    void useChanges().react('room', KEY, '👍', true)
    void useChanges().react('room', KEY, '👍', false)
    expect(server.received('react')).toHaveLength(0)
    await settle()

    expect(server.received('react').map(({ on }) => on)).toEqual([true, false])
    expect(shown().reactions).toBeUndefined()
  })
})

describe('an edit', () => {
  it('that was refused is kept, beside the message as it is now', async () => {
    server.push(changed({ message: 'From the phone', editedAt: 5, textRev: 1 }))
    void useChanges().edit('room', { sortKey: KEY, text: 'From here', basedOn: 0 })
    await settle()

    expect(shown().message).toBe('From the phone')
    expect(useChanges().unsavedEdit(KEY)).toEqual({
      text: 'From here',
      reason: 'This message was changed on another device in the meantime.',
    })
    useChanges().discardEdit(KEY)
    expect(useChanges().unsavedEdit(KEY)).toBeUndefined()
  })

  it('may follow another at once: it is based on that', async () => {
    void useChanges().edit('room', { sortKey: KEY, text: 'One', basedOn: 0 })
    void useChanges().edit('room', { sortKey: KEY, text: 'Two', basedOn: 0 })
    await settle()

    expect(server.received('editMessage').map(({ basedOn }) => basedOn)).toEqual([0, 1])
    expect(shown().message).toBe('Two')
  })

  it('never takes another device’s text for its own, though it was answered with that', async () => {
    server.answers.editMessage = (command) => {
      const mine = edit(command)
      return mine.action === 'changed'
        ? changed({ message: 'From the phone', textRev: rev + 1 })
        : mine
    }
    void useChanges().edit('room', { sortKey: KEY, text: 'One', basedOn: 0 })
    void useChanges().edit('room', { sortKey: KEY, text: 'Two', basedOn: 0 })
    await settle()

    expect(shown().message).toBe('From the phone')
    expect(useChanges().unsavedEdit(KEY)?.text).toBe('Two')
  })
})
