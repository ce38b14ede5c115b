import { defineStore } from 'pinia'
import { useSessionParts } from '@/api/sessionParts'
import { computed, reactive, ref, watch } from 'vue'
import { useAuth } from '@/features/auth'
import { useWebSocket } from '@/api/useWebSocket'
import { wait } from '@/api/wait'
import { attended, isListed, withoutRead, type Heard, type Listed } from './attention'
import { deleteCopies, keepCopy, readCopy } from '@/shared/offlineCopy'
import { safeStorage } from '@/shared/safeStorage'
import { SLOW_MS } from '@/shared/slow'
import type {
  JoinStatus,
  MemberChanged,
  Message,
  MessageSent,
  NotificationLevel,
  ReadRoom,
  RoomInfo,
  RoomSummary,
  ServerEvent,
} from '@/api/types.gen'
import { roomCommands } from './roomCommands'
import {
  byActivity,
  calling,
  isArchived,
  isHidden,
  isRequest,
  mayModerate,
  named,
  newer,
  pickInfo,
  pickSettings,
  unreadMentions,
  withMembership,
} from './roomState'

/** Several changes within this time cause one reading of the list. */
const RELOAD_DELAY_MS = 200
const KEEP_DELAY_MS = 1_000
const RULES = { post: 'everyone', pin: 'everyone', mentionRoom: 'moderators' } as const
const OLDER = {
  kind: 'group',
  isModerator: false,
  rules: RULES,
  infoRev: 0,
  rev: 0,
  level: 'all',
  settingsVersion: 0,
} as const
const COPY = 'rooms'
const seenKey = (userId: string) => `parley.seen.${userId}`

/** What became of a room that is no longer in the list. */
export interface Farewell {
  roomName: string
  reason: 'removed' | 'unbanned'
}

/** The rooms of the person who is signed in, with their unread counts. */
export const useRooms = defineStore('rooms', () => {
  const auth = useAuth()
  const socket = useWebSocket()
  const rooms = ref(new Map<string, RoomSummary>())
  const loaded = ref(false)
  /** The list is what this browser last saw: there has been no connection yet. */
  const isCopy = ref(false)
  /** How far the server knows each room to be read. What is shown may be ahead of it, by a moment. */
  const marked = reactive(new Map<string, number>())
  /** The seqs of one's own messages, above what is read of each room. */
  const own = new Map<string, Set<number>>()
  /** The newest state of each message that was heard of, by room and seq: its `rev`. */
  const heard = new Map<string, Map<number, number>>()
  const listed = new Map<string, Listed>()
  /** The rooms that the person was in, or banned from, and is not any more; for as long as the page is open. */
  const farewells = reactive(new Map<string, Farewell>())
  /** Versions of memberships that ended, so that a late event cannot revive them. */
  const ended = new Map<string, number>()
  let reloadTimer: ReturnType<typeof setTimeout> | undefined
  let settled = Promise.resolve()
  let keepTimer: ReturnType<typeof setTimeout> | undefined

  const all = computed(() => [...rooms.value.values()].sort(byActivity))
  const joined = computed(() => all.value.filter((room) => room.status === 'approved'))
  /** What the list shows: without what is hidden, and what is archived apart. */
  const shown = computed(() => joined.value.filter((room) => !isHidden(room)))
  const current = computed(() => shown.value.filter((room) => !isArchived(room)))
  const archived = computed(() => shown.value.filter(isArchived))
  /** Rooms that the person has asked to join, with or without an answer; a rejected request stays until it is cleared. */
  const requests = computed(() => all.value.filter(isRequest))
  /** What calls for the person's attention. */
  const totalUnread = computed(() => current.value.reduce((sum, room) => sum + calling(room), 0))
  const totalMentions = computed(() =>
    current.value.reduce((sum, room) => sum + unreadMentions(room), 0),
  )

  const get = (roomId: string) => rooms.value.get(roomId)
  const markedSeq = (roomId: string) => marked.get(roomId) ?? 0

  function replaceAll(summaries: RoomSummary[]): void {
    const before = rooms.value
    const current = summaries.filter((room) => !hasEnded(room))
    current.forEach(noteMark)
    rooms.value = new Map(
      current.map((room) => [room.roomId, merged(before.get(room.roomId), room)]),
    )
    loaded.value = true
    isCopy.value = false
  }

  /** Two lists may be under way, and come in any order: what the older one says of unread messages is known better. */
  function merged(known: RoomSummary | undefined, incoming: RoomSummary): RoomSummary {
    const { roomId, lastSeq, rev } = incoming
    const before = listed.get(roomId)
    const isOlder = before && (lastSeq < before.seq || rev < before.rev)
    if (!isOlder) listed.set(roomId, { seq: lastSeq, rev })
    const revs = heard.get(roomId)
    const heardRev = (seq: number) => (isOlder ? Infinity : (revs?.get(seq) ?? -1))
    return named(newer(known, incoming, heardRev), auth.user?.userId ?? '')
  }

  /** Without a connection, or while one is slow to come, the list is shown as it was last. */
  async function open(userId: string): Promise<void> {
    if (navigator.onLine) await wait(SLOW_MS)
    const copy = await readCopy<RoomSummary[]>(userId, COPY)
    if (!copy?.length || loaded.value || auth.user?.userId !== userId) return
    // An earlier version of the app kept less.
    rooms.value = new Map(copy.map((room) => [room.roomId, { ...OLDER, ...room }]))
    loaded.value = true
    isCopy.value = true
  }

  /** Several changes are kept together. */
  function keepSoon(): void {
    if (!loaded.value || isCopy.value) return
    keepTimer ??= setTimeout(() => {
      keepTimer = undefined
      const userId = auth.user?.userId
      if (userId && loaded.value) void keepCopy(userId, COPY, [...rooms.value.values()])
    }, KEEP_DELAY_MS)
  }
  watch(rooms, keepSoon, { deep: true })

  function apply(event: ServerEvent): void {
    switch (event.action) {
      case 'message':
      case 'messageSent':
        // What was not heard may mention the person; only the list tells. A direct room that is not known yet was
        // opened by somebody else.
        if (event.seq > (get(event.roomId)?.lastSeq ?? unknownSeq(event.roomId)) + 1) reloadSoon()
        update(event.roomId, (room) => ({
          lastSeq: Math.max(room.lastSeq, event.seq),
          lastTimestamp: Math.max(room.lastTimestamp, event.timestamp),
        }))
        attend(event.roomId, isMine(event) ? { ...event, userId: auth.user?.userId } : event)
        if (isMine(event)) sawOwn(event.roomId, event.seq)
        break
      case 'roomsRead':
        for (const read of event.rooms) {
          noteMark(read)
          see(read.roomId, read.lastReadSeq)
        }
        break
      case 'changed':
      case 'changes':
        // What was not heard may have been deleted; only the list tells.
        if (event.fromRev > (get(event.roomId)?.rev ?? event.fromRev)) reloadSoon()
        event.messages.forEach((message) => attend(event.roomId, message))
        noteRev(event.roomId, event.rev)
        if (event.room) noteInfo(event.roomId, event.room)
        break
      case 'personalSettingsChanged':
        if (event.settingsVersion > (get(event.roomId)?.settingsVersion ?? Infinity))
          update(event.roomId, () => pickSettings(event))
        break
      case 'messageHistory':
        if (event.roomId !== undefined) noteRev(event.roomId, event.rev ?? 0)
        break
      case 'pong':
        for (const [roomId, rev] of Object.entries(event.revs)) {
          if (rev > (get(roomId)?.rev ?? rev)) reloadSoon()
          noteRev(roomId, rev)
        }
        for (const [roomId, head] of Object.entries(event.heads)) {
          if (head > (get(roomId)?.lastSeq ?? head)) reloadSoon() // when that was, only the list tells
          update(roomId, (room) => ({ lastSeq: Math.max(room.lastSeq, head) }))
        }
        break
      case 'memberChanged':
        memberChanged(event)
        break
      case 'joinRequest':
        reloadSoon()
        break
      case 'joinResponse':
        joinAnswered(event.roomId, event.status)
        break
      case 'roomLeft':
        farewells.delete(event.roomId)
        remove(event.roomId)
        break
    }
  }

  /** A message as it now is. Of two states of one, which may come in any order, the newer one counts. */
  function attend(roomId: string, message: Heard): void {
    const { seq, rev = 0 } = message
    const room = get(roomId)
    const revs = heard.get(roomId) ?? new Map<number, number>()
    if (!room || rev < (revs.get(seq) ?? 0) || isListed(message, listed.get(roomId))) return
    heard.set(roomId, revs.set(seq, rev))
    update(roomId, (room) => attended(room, message, auth.user?.userId ?? ''))
  }

  /** So many changes there have been in a room. */
  function noteRev(roomId: string, rev: number): void {
    if (rev > (get(roomId)?.rev ?? rev)) update(roomId, () => ({ rev }))
  }

  /** What a room is called and how it works; of two the one with the higher `infoRev` is the newer. */
  function noteInfo(roomId: string, info: RoomInfo): void {
    if (info.infoRev > (get(roomId)?.infoRev ?? Infinity)) update(roomId, () => pickInfo(info))
  }

  /** The person has seen the room so far, here or elsewhere. */
  function see(roomId: string, seq: number): void {
    update(roomId, (room) => {
      let lastReadSeq = Math.max(room.lastReadSeq, seq)
      while (own.get(roomId)?.delete(lastReadSeq + 1)) lastReadSeq++
      return withoutRead({ ...room, lastReadSeq })
    })
  }

  /** The person sees the room so far in this tab: the others of this browser learn it at once, other devices by a mark. */
  function seeHere(roomId: string, seq: number): void {
    see(roomId, seq)
    safeStorage.setItem(seenKey(auth.user?.userId ?? ''), JSON.stringify({ roomId, seq }))
  }

  function onStorage({ key, newValue }: StorageEvent): void {
    if (!newValue || key !== seenKey(auth.user?.userId ?? '')) return
    const { roomId, seq } = JSON.parse(newValue) as { roomId: string; seq: number }
    see(roomId, seq)
  }
  addEventListener('storage', onStorage)

  const isMine = (event: Message | MessageSent): boolean =>
    event.action === 'messageSent' || event.userId === auth.user?.userId

  /** What one has written oneself is not new, once all before it is read. */
  function sawOwn(roomId: string, seq: number): void {
    own.set(roomId, (own.get(roomId) ?? new Set()).add(seq))
    see(roomId, 0)
  }

  function noteMark({ roomId, lastReadSeq, markedSeq }: ReadRoom & { markedSeq?: number }): void {
    marked.set(roomId, Math.max(marked.get(roomId) ?? 0, markedSeq ?? lastReadSeq))
  }

  function memberChanged(event: MemberChanged): void {
    const room = get(event.roomId)
    if (event.userId !== auth.user?.userId) {
      if (room && mayModerate(room)) reloadSoon() // how many requests wait, only the server knows
      return
    }
    const known = room?.version ?? ended.get(event.roomId) ?? -1
    if (event.version <= known) return
    if (event.status !== 'approved') marked.delete(event.roomId)
    if (room && event.status === 'left') {
      const reason = room.status === 'banned' ? 'unbanned' : 'removed'
      if (room.status === 'approved' || room.status === 'banned')
        farewells.set(event.roomId, { roomName: room.roomName, reason })
    } else farewells.delete(event.roomId)
    if (event.status === 'left') {
      remove(event.roomId)
      ended.set(event.roomId, event.version)
      return
    }
    if (room) rooms.value.set(event.roomId, withMembership(room, event))
    if (!room || event.status === 'approved') reloadSoon() // name and sequence numbers come with the list
  }

  /** This answer carries no version: it is shown at once, and the list then says how it stands. */
  function joinAnswered(roomId: string, status: JoinStatus): void {
    const room = get(roomId)
    if (room?.status === 'pending' && status !== 'approved') update(roomId, () => ({ status }))
    reloadSoon()
  }

  function update(roomId: string, change: (room: RoomSummary) => Partial<RoomSummary>): void {
    const room = get(roomId)
    if (room?.status === 'approved' || room?.status === 'pending') {
      rooms.value.set(roomId, { ...room, ...change(room) })
    }
  }

  function remove(roomId: string): void {
    const room = get(roomId)
    if (!room) return
    ended.set(roomId, room.version)
    rooms.value.delete(roomId)
    marked.delete(roomId)
    own.delete(roomId)
    heard.delete(roomId)
    listed.delete(roomId)
  }

  /** As far as a room was heard of that is not in the list: one that has ended for the person matters no more. */
  const unknownSeq = (roomId: string) => (ended.has(roomId) ? Infinity : -1)

  const hasEnded = (room: RoomSummary) => room.version <= (ended.get(room.roomId) ?? -1)

  function reloadSoon(): void {
    reloadTimer ??= setTimeout(() => {
      reloadTimer = undefined
      void reload().catch(() => undefined) // the next welcome brings the whole list
    }, RELOAD_DELAY_MS)
  }

  /** `anew`: what is known of levels and mutes is not the server's word. */
  async function reload(anew = false): Promise<void> {
    let after: string | undefined
    do {
      const page = await socket.ask({ action: 'getRooms', after })
      for (const room of page.rooms) {
        if (hasEnded(room)) continue
        noteMark(room)
        const now = merged(get(room.roomId), room)
        rooms.value.set(room.roomId, anew ? { ...now, ...pickSettings(room) } : now)
      }
      after = page.hasMore ? page.next : undefined
    } while (after !== undefined)
  }

  const commands = roomCommands(socket, {
    lastSeq: (roomId) => get(roomId)?.lastSeq ?? 0,
    apply,
    reload,
  })

  /** What may disturb the person in a room: shown at once, and as it was again after a failure. */
  async function setNotifications(
    roomId: string,
    level: NotificationLevel,
    mutedUntil?: number,
  ): Promise<void> {
    update(roomId, () => ({ level, mutedUntil }))
    // The last word is said last.
    const said = settled.then(() =>
      socket.ask({ action: 'setNotifications', roomId, level, mutedUntil }),
    )
    settled = said.then(
      () => undefined,
      () => undefined,
    )
    try {
      await said
    } catch (error) {
      await reload(true).catch(() => undefined)
      throw error
    }
  }

  function reset(): void {
    rooms.value = new Map()
    marked.clear()
    own.clear()
    heard.clear()
    listed.clear()
    loaded.value = false
    isCopy.value = false
    ended.clear()
    farewells.clear()
    clearTimeout(reloadTimer)
    clearTimeout(keepTimer)
    reloadTimer = undefined
    keepTimer = undefined
  }

  useSessionParts().register({
    open: (userId) => void open(userId),
    forget(userId) {
      safeStorage.removeItem(seenKey(userId))
      void deleteCopies(userId)
    },
    onState: (state) => replaceAll(state.rooms),
    onEvent: apply,
    reset,
  })

  return {
    all,
    joined,
    current,
    archived,
    requests,
    loaded,
    isCopy,
    totalUnread,
    totalMentions,
    get,
    markedSeq,
    see,
    seeHere,
    replaceAll,
    apply,
    farewells,
    ...commands,
    setNotifications,
    reset,
  }
})
