import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import { explain } from '@/api/explain'
import { useSessionParts } from '@/api/sessionParts'
import type { Changed, Person, StoredMessage } from '@/api/types.gen'
import { useWebSocket } from '@/api/useWebSocket'
import { useAuth } from '@/features/auth'
import { useTimeline } from '@/features/messages/history'
import { useNotices } from '@/ui/notices/useNotices'
import { asShown, type Act } from './overlay'

/** An edit of one's own message: the text, and the `textRev` of the text that it began with. */
export interface Editing {
  sortKey: string
  text: string
  basedOn: number
  /** Whom the message mentions already. */
  mentions?: Person[]
}

/** An edit that the server refused, or did not answer. The text is not lost. */
interface UnsavedEdit {
  text: string
  reason: string
}

/**
 * What a person does to messages. It is shown at once, over what is stored, and taken away again when the server has
 * answered: the stored message then says the same, or, after a failure, what it said before.
 */
export const useChanges = defineStore('changes', () => {
  const auth = useAuth()
  const socket = useWebSocket()
  const timeline = useTimeline()
  const notices = useNotices()
  /** By sortKey, in the order in which the person did them. */
  const acts = shallowReactive(new Map<string, readonly Act[]>())
  const unsaved = shallowReactive(new Map<string, UnsavedEdit>())
  /** The latest edit of each message that came from here, and the texts on which it and those before it were based. */
  const ownEdits = new Map<string, { begun: Set<number>; textRev: number }>()
  /** The last request about each message: the next one waits for it, so that the last word is said last. */
  const underWay = new Map<string, Promise<void>>()

  function shown(message: StoredMessage): StoredMessage {
    const mine = acts.get(message.sortKey)
    return mine ? asShown(message, mine, auth.user?.userId ?? '') : message
  }

  /** The messages as they are, where nothing is under way: then only that is followed, and not every one of them. */
  const allShown = (messages: readonly StoredMessage[]): readonly StoredMessage[] =>
    acts.size ? messages.map(shown) : messages

  const unsavedEdit = (sortKey: string): UnsavedEdit | undefined => unsaved.get(sortKey)

  function discardEdit(sortKey: string): void {
    unsaved.delete(sortKey)
  }

  async function edit(
    roomId: string,
    { sortKey, text, basedOn }: Editing,
    mentions: string[] = [],
  ): Promise<void> {
    unsaved.delete(sortKey)
    const clientEditId = crypto.randomUUID()
    const problem = await carryOut(sortKey, { kind: 'edit', text }, async () => {
      // Whoever edits again before the first edit is answered has seen its text already.
      const own = ownEdits.get(sortKey)
      const base = own?.begun.has(basedOn) ? own.textRev : basedOn
      const fields = { roomId, sortKey, message: text, basedOn: base, clientEditId, mentions }
      const changed = await socket.ask({ action: 'editMessage', ...fields })
      // A repeated edit is answered with the message as it is now, which may be another device's text.
      const [now] = changed.messages
      const textRev = (now?.message === text ? now.textRev : undefined) ?? base
      ownEdits.set(sortKey, { begun: new Set([...(own?.begun ?? []), basedOn, base]), textRev })
      return changed
    })
    if (problem) unsaved.set(sortKey, { text, reason: problem })
  }

  async function remove(roomId: string, sortKey: string): Promise<void> {
    unsaved.delete(sortKey)
    const ask = () => socket.ask({ action: 'deleteMessage', roomId, sortKey })
    say(await carryOut(sortKey, { kind: 'delete' }, ask))
  }

  async function react(roomId: string, sortKey: string, emoji: string, on: boolean): Promise<void> {
    const ask = () => socket.ask({ action: 'react', roomId, sortKey, emoji, on })
    say(await carryOut(sortKey, { kind: 'react', emoji, on }, ask))
  }

  async function pin(roomId: string, sortKey: string, on: boolean): Promise<void> {
    const ask = () => socket.ask({ action: 'pinMessage', roomId, sortKey, on })
    say(await carryOut(sortKey, { kind: 'pin', on }, ask))
  }

  function say(problem: string | undefined): void {
    if (problem) notices.say(problem)
  }

  /** What went wrong, in words, or nothing. */
  async function carryOut(
    sortKey: string,
    act: Act,
    ask: () => Promise<Changed>,
  ): Promise<string | undefined> {
    acts.set(sortKey, [...(acts.get(sortKey) ?? []), act])
    const before = underWay.get(sortKey) ?? Promise.resolve()
    const mine = before.then(async () => timeline.change(await ask()))
    const settled = mine.catch(() => undefined)
    underWay.set(sortKey, settled)
    try {
      await mine
      return undefined
    } catch (error) {
      return explain(error)
    } finally {
      if (underWay.get(sortKey) === settled) underWay.delete(sortKey)
      const others = (acts.get(sortKey) ?? []).filter((each) => each !== act)
      if (others.length) acts.set(sortKey, others)
      else acts.delete(sortKey)
    }
  }

  useSessionParts().register({
    reset() {
      acts.clear()
      unsaved.clear()
      underWay.clear()
      ownEdits.clear()
    },
  })

  return { shown, allShown, unsavedEdit, discardEdit, edit, remove, react, pin }
})
