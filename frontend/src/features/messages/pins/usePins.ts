import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import { useSessionParts } from '@/api/sessionParts'
import type { Changed, ServerEvent, StoredMessage } from '@/api/types.gen'
import { useWebSocket } from '@/api/useWebSocket'

interface PinList {
  /** The newest message first. */
  messages: readonly StoredMessage[]
  /** Every change of the room up to this one is in them. */
  rev: number
}

/** The pinned messages of the rooms whose pins have been opened, kept current by what is pushed. */
export const usePins = defineStore('pins', () => {
  const socket = useWebSocket()
  const lists = shallowReactive(new Map<string, PinList>())
  /** What was pushed while a list is being read. */
  const meanwhile = new Map<string, Changed[]>()

  const of = (roomId: string): readonly StoredMessage[] | undefined => lists.get(roomId)?.messages

  async function load(roomId: string): Promise<void> {
    if (meanwhile.has(roomId)) return
    const heard: Changed[] = []
    meanwhile.set(roomId, heard)
    try {
      let list = await readPage(roomId)
      let { next } = list
      while (next !== undefined) {
        const page = await readPage(roomId, next)
        list = {
          ...list,
          messages: [...list.messages, ...page.messages],
          rev: Math.min(list.rev, page.rev),
        }
        next = page.next
      }
      if (meanwhile.get(roomId) === heard) lists.set(roomId, heard.reduce(withChange, list))
    } finally {
      if (meanwhile.get(roomId) === heard) meanwhile.delete(roomId)
    }
  }

  async function readPage(roomId: string, before?: string) {
    const { messages, rev, hasMore, next } = await socket.ask({ action: 'getPins', roomId, before })
    return { messages, rev, next: hasMore ? next : undefined }
  }

  function apply(event: ServerEvent): void {
    if (event.action === 'pong') {
      // What was missed may have been a pin.
      for (const [roomId, rev] of Object.entries(event.revs))
        if (rev > (lists.get(roomId)?.rev ?? rev)) loadQuietly(roomId)
    }
    if (event.action !== 'changed' && event.action !== 'changes') return
    meanwhile.get(event.roomId)?.push({ ...event, action: 'changed' })
    const list = lists.get(event.roomId)
    if (!list) return
    lists.set(event.roomId, withChange(list, event))
    if (event.fromRev > list.rev) loadQuietly(event.roomId)
  }

  function loadQuietly(roomId: string): void {
    load(roomId).catch(() => undefined) // the next change, or the next connection, brings the next occasion
  }

  function forget(roomId: string): void {
    lists.delete(roomId)
    meanwhile.delete(roomId)
  }

  useSessionParts().register({
    onState: () => [...lists.keys()].forEach(loadQuietly),
    onEvent: apply,
    reset() {
      lists.clear()
      meanwhile.clear()
    },
  })

  return { of, load, forget }
})

/** Of two states of one message the newer counts; one that is not pinned any more goes. */
function withChange(list: PinList, { rev, messages }: Pick<Changed, 'rev' | 'messages'>): PinList {
  const bySortKey = new Map(list.messages.map((message) => [message.sortKey, message]))
  for (const message of messages) {
    const known = bySortKey.get(message.sortKey)
    if ((known?.rev ?? 0) > (message.rev ?? 0)) continue
    if (message.pinnedAt && !message.deletedAt) bySortKey.set(message.sortKey, message)
    else bySortKey.delete(message.sortKey)
  }
  const sorted = [...bySortKey.values()].sort((a, b) => b.seq - a.seq)
  return { messages: sorted, rev: Math.max(list.rev, rev) }
}
