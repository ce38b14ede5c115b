import { defineStore } from 'pinia'
import { useSessionParts } from '@/api/sessionParts'
import { ref } from 'vue'
import { useAuth } from '@/features/auth'
import { isFinal, isRateLimit } from '@/api/errors'
import { retryDelay, useWebSocket } from '@/api/useWebSocket'
import { wait } from '@/api/wait'
import { t } from '@/shared/i18n/i18n'
import type { MessageSent, SendMessage, ServerEvent, StoredMessage } from '@/api/types.gen'
import { useTimeline } from '@/features/messages/history'
import { explain } from '@/api/explain'
import { useNotices } from '@/ui/notices/useNotices'
import { withLock } from '@/shared/withLock'
import { OutboxStorage, type OutboxEntry } from './storage'

/** The server remembers a clientMessageId for a week; sent again after that, a message could be stored twice. */
export const RESEND_LIMIT_MS = 6 * 24 * 60 * 60 * 1000

/** What a message has besides its text. */
export type Attached = Pick<OutboxEntry, 'mentions' | 'mentionsRoom' | 'quoted'>

/** Every message that is not known to be stored yet; each room's go out one after another, in order. */
export const useOutbox = defineStore('outbox', () => {
  const auth = useAuth()
  const socket = useWebSocket()
  const timeline = useTimeline()
  const notices = useNotices()
  const entries = ref<OutboxEntry[]>([])
  /** The server wants a pause. The allowance is the person's, so every room waits. */
  const paused = ref(false)
  let resumesAt = 0
  let draining = new Set<string>()
  let storage: OutboxStorage | undefined
  let saidNotKept = false
  let unwatch = (): void => undefined

  const of = (roomId: string): OutboxEntry[] =>
    entries.value.filter((entry) => entry.roomId === roomId)

  /** Takes up what an earlier page left unsent. */
  function open(userId: string): void {
    unwatch()
    storage = new OutboxStorage(userId)
    unwatch = storage.watch(changedElsewhere)
    draining = new Set()
    resumesAt = 0
    saidNotKept = false
    entries.value = storage.load()
    new Set(entries.value.map((entry) => entry.roomId)).forEach((roomId) => void drain(roomId))
  }

  function send(roomId: string, message: string, more: Attached = {}): void {
    const newest = entries.value.at(-1)?.createdAt ?? 0
    const entry: OutboxEntry = {
      clientMessageId: crypto.randomUUID(),
      roomId,
      message,
      createdAt: Math.max(Date.now(), newest + 1),
      state: 'sending',
      ...more,
    }
    entries.value.push(entry)
    keep(entry)
    void drain(roomId)
  }

  function retry(clientMessageId: string): void {
    const entry = find(clientMessageId)
    if (!entry) return
    change(clientMessageId, { state: 'sending', reason: undefined })
    void drain(entry.roomId)
  }

  /** Forgets an entry: it is stored, or the person gave it up. */
  function remove(clientMessageId: string): void {
    forget(clientMessageId)
    storage?.remove(clientMessageId)
  }

  function forget(clientMessageId: string): void {
    entries.value = entries.value.filter((entry) => entry.clientMessageId !== clientMessageId)
  }

  /** Own messages come back as answers, as pushes to other devices, and in histories. */
  function apply(event: ServerEvent): void {
    if (event.action === 'messageSent') {
      accept(event)
    } else if (event.action === 'message') {
      settle([event])
    } else if (event.action === 'messageHistory') {
      settle(event.messages)
    }
  }

  /** The message is stored. Also takes an answer that arrives after its request was given up. */
  function accept(sent: MessageSent): void {
    if (sent.clientMessageId === undefined) return
    const entry = find(sent.clientMessageId)
    if (entry) timeline.add(asStored(sent, entry.message))
    remove(sent.clientMessageId)
  }

  function settle(messages: StoredMessage[]): void {
    for (const { userId, clientMessageId } of messages) {
      if (userId === auth.user?.userId && clientMessageId && find(clientMessageId)) {
        remove(clientMessageId)
      }
    }
  }

  async function drain(roomId: string): Promise<void> {
    const [busy, mine] = [draining, storage]
    if (busy.has(roomId)) return
    busy.add(roomId)
    try {
      for (let attempt = 0; storage === mine;) {
        const entry = of(roomId).find(({ state }) => state === 'sending')
        if (!entry) break
        attempt = (await attemptToSend(entry, attempt)) ? 0 : attempt + 1
      }
    } finally {
      busy.delete(roomId)
    }
  }

  /** Whether the entry is settled, one way or the other. */
  async function attemptToSend(entry: OutboxEntry, attempt: number): Promise<boolean> {
    const { clientMessageId, roomId } = entry
    if (Date.now() - entry.createdAt > RESEND_LIMIT_MS)
      return fail(entry, t('timeline.outbox.tooOld'))
    await untilAllowed()
    await socket.untilConnected()
    if (!find(clientMessageId)) return true
    try {
      await withLock(`parley.outbox.${roomId}`, async () => {
        if (!storage?.has(clientMessageId)) forget(clientMessageId)
        else accept(await socket.request(asCommand(entry)))
      })
      return true
    } catch (error) {
      if (isFinal(error)) return fail(entry, explain(error))
      const delay = retryDelay(error, attempt) ?? 1_000
      if (isRateLimit(error)) pause(delay)
      else await wait(delay)
      return false
    }
  }

  function pause(ms: number): void {
    resumesAt = Math.max(resumesAt, Date.now() + ms)
    paused.value = true
  }

  async function untilAllowed(): Promise<void> {
    for (let ms; (ms = resumesAt - Date.now()) > 0;) await wait(ms)
    paused.value = false
  }

  /**
   * What another tab did with an entry holds here too: it was sent, failed, is tried again, or was given up. Each tab
   * sees to what is due, for the other may be gone.
   */
  function changedElsewhere(clientMessageId: string, entry: OutboxEntry | undefined): void {
    const known = find(clientMessageId)
    if (!entry) {
      forget(clientMessageId)
    } else {
      if (known) Object.assign(known, { reason: undefined }, entry)
      else entries.value = [...entries.value, entry].sort((a, b) => a.createdAt - b.createdAt)
      if (entry.state === 'sending') void drain(entry.roomId)
    }
  }

  function fail(entry: OutboxEntry, reason: string): true {
    change(entry.clientMessageId, { state: 'failed', reason })
    return true
  }

  function change(clientMessageId: string, changes: Partial<OutboxEntry>): void {
    const entry = find(clientMessageId)
    if (!entry) return
    Object.assign(entry, changes)
    keep(entry)
  }

  /** Where the browser keeps nothing, entries are sent all the same, as long as the page is there: that is said once. */
  function keep(entry: OutboxEntry): void {
    if (!storage || storage.save(entry) || saidNotKept) return
    saidNotKept = true
    notices.say(t('timeline.outbox.notKept'))
  }

  function find(clientMessageId: string): OutboxEntry | undefined {
    return entries.value.find((entry) => entry.clientMessageId === clientMessageId)
  }

  /** The sender is not sent its own message again: the answer and the text make it whole. */
  function asStored(sent: MessageSent, message: string): StoredMessage {
    const { roomId, messageId, clientMessageId, seq, sortKey, timestamp } = sent
    const { mentions, mentionsRoom, replyTo, quoted } = sent
    const { userId, username } = auth.user ?? { userId: '', username: '' }
    const stored = { roomId, messageId, clientMessageId, seq, sortKey, timestamp }
    return { ...stored, userId, username, message, mentions, mentionsRoom, replyTo, quoted }
  }

  function reset(): void {
    unwatch()
    storage = undefined
    entries.value = []
  }

  useSessionParts().register({ open, onEvent: apply, reset })

  return { entries, paused, of, send, retry, remove }
})

function asCommand(entry: OutboxEntry): SendMessage {
  const { roomId, message, clientMessageId, mentions, mentionsRoom, quoted } = entry
  return {
    action: 'sendMessage',
    roomId,
    message,
    clientMessageId,
    mentions: mentions?.map(({ userId }) => userId),
    mentionsRoom,
    replyTo: quoted?.sortKey,
  }
}

/** Whether the server still remembers the id, so that sending again cannot store it twice. */
export function mayResend(entry: OutboxEntry, now = Date.now()): boolean {
  return now - entry.createdAt <= RESEND_LIMIT_MS
}
