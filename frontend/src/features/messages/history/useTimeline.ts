import { defineStore } from 'pinia'
import { useSessionParts } from '@/api/sessionParts'
import { shallowReactive } from 'vue'
import { useWebSocket } from '@/api/useWebSocket'
import { DEFAULT_HISTORY, MAX_HISTORY, type Changed, type StoredMessage } from '@/api/types.gen'
import { useAuth } from '@/features/auth'
import { useRooms } from '@/features/rooms'
import { deleteCopies, keepCopy, readCopy } from '@/shared/offlineCopy'
import { timeBefore } from './searchBySeq'
import { useMissedChanges } from './useMissedChanges'
import {
  around,
  detached,
  latest,
  newestSeq,
  withChanges,
  withEarlier,
  withFollowing,
  withPushed,
  type Window,
} from './window'

/** Further behind than this, the window starts afresh at the latest page instead of reading everything between. */
const MAX_CATCH_UP = 1_000
/** Up to so many unread messages are read together with the latest; of more, the window begins at the first of them. */
const MAX_READ_BACK = 500
/** So many messages before the first unread one are welcome, for context. */
const CONTEXT = 40
const TIME_DIGITS = 13
const KEEP_DELAY_MS = 1_000

/** The histories of the rooms that have been opened; each heals its own gaps. */
export const useTimeline = defineStore('timeline', () => {
  const auth = useAuth()
  const socket = useWebSocket()
  const rooms = useRooms()
  const windows = shallowReactive(new Map<string, Window>())
  const failed = shallowReactive(new Set<string>())
  /** The reading that is under way for each room; a newer one takes its place. */
  const catchingUp = new Map<string, symbol>()
  const readingBack = new Set<string>()
  const readingOn = new Set<string>()
  const keepTimers = new Map<string, ReturnType<typeof setTimeout>>()

  const of = (roomId: string): Window | undefined => windows.get(roomId)
  const hasFailed = (roomId: string): boolean => failed.has(roomId)

  /**
   * Loads a room's messages, once, so that the first unread one is among them; later changes come by themselves. With
   * `again`, a request that is taking long is sent again; the late answer to the first is ignored.
   */
  const open = (roomId: string, again = false): Promise<void> =>
    rooms.isCopy ? showCopy(roomId) : catchUp(roomId, again)

  /** A room's last messages as this browser last saw them, until there is a connection. */
  async function showCopy(roomId: string): Promise<void> {
    const copy = await readCopy<Window>(auth.user?.userId ?? '', copyOf(roomId))
    // An earlier version of the app kept no `rev`.
    if (copy && rooms.isCopy && !of(roomId))
      windows.set(roomId, { ...copy, rev: copy.rev ?? 0, ahead: [] })
  }

  function put(roomId: string, window: Window): void {
    windows.set(roomId, window)
    missedChanges.check(roomId)
    if (!keepTimers.has(roomId))
      keepTimers.set(
        roomId,
        setTimeout(() => keep(roomId), KEEP_DELAY_MS),
      )
  }

  function keep(roomId: string): void {
    keepTimers.delete(roomId)
    const window = of(roomId)
    if (!window || window.hasLater || rooms.isCopy) return
    const messages = window.messages.filter(({ seq }) => seq <= window.end).slice(-DEFAULT_HISTORY)
    const hasEarlier = window.hasEarlier || messages.length < window.messages.length
    void keepCopy(auth.user?.userId ?? '', copyOf(roomId), { ...window, messages, hasEarlier })
  }

  function add(message: StoredMessage): void {
    const window = of(message.roomId)
    if (!window) return
    put(message.roomId, withPushed(window, message))
    if (isBehind(message.roomId)) void catchUp(message.roomId)
  }

  /** Messages were changed, by this person or another. */
  function change(changed: Changed): void {
    const window = of(changed.roomId)
    if (!window) return
    put(changed.roomId, withChanges(window, changed))
    if (isBehind(changed.roomId)) void catchUp(changed.roomId)
  }

  const missedChanges = useMissedChanges({
    of,
    put,
    readAfresh: async (roomId) => {
      const head = headOf(roomId)
      const page = await socket.ask({ action: 'getMessages', roomId, limit: DEFAULT_HISTORY })
      if (rooms.get(roomId)?.status === 'approved') put(roomId, latest(page, head))
    },
  })

  /** After a reconnect or a ping, the newest message and the newest change of each room are known again. */
  function checkAll(): void {
    for (const roomId of new Set([...windows.keys(), ...failed])) {
      if (rooms.get(roomId)?.status !== 'approved') forget(roomId)
      else if (isBehind(roomId)) void catchUp(roomId)
      missedChanges.check(roomId)
    }
  }

  /** Reads on from the end of the window until nothing is missing. */
  async function catchUp(roomId: string, again = false): Promise<void> {
    if (catchingUp.has(roomId) && !again) return
    const mine = Symbol(roomId)
    catchingUp.set(roomId, mine)
    failed.delete(roomId)
    const isWanted = () => catchingUp.get(roomId) === mine
    try {
      while (isWanted() && isBehind(roomId)) await readOn(roomId, isWanted)
    } catch {
      if (isWanted()) failed.add(roomId)
    } finally {
      if (isWanted()) catchingUp.delete(roomId)
    }
  }

  async function readOn(roomId: string, isWanted: () => boolean): Promise<void> {
    const before = of(roomId)
    const head = headOf(roomId)
    if (!before) return begin(roomId, head, isWanted)
    const after = head - before.end <= MAX_CATCH_UP ? before.cursor : undefined
    const limit = after === undefined ? DEFAULT_HISTORY : MAX_HISTORY
    const page = await socket.ask({ action: 'getMessages', roomId, after, limit })
    if (!isWanted() || rooms.get(roomId)?.status !== 'approved') return
    const now = of(roomId)
    if (after === undefined) put(roomId, latest(page, head))
    else if (now) put(roomId, withFollowing(now, page, head))
    // Else the room was lost and regained meanwhile: the page follows a window that is no more.
  }

  /** The first window of a room: the latest messages and all that are unread, or, of very many, the first of these. */
  async function begin(roomId: string, head: number, isWanted: () => boolean): Promise<void> {
    const { lastReadSeq = 0, lastTimestamp = 0 } = rooms.get(roomId) ?? {}
    const count = head - lastReadSeq
    const window =
      count > MAX_READ_BACK
        ? await windowFrom(roomId, lastReadSeq + 1, { seq: head, timestamp: lastTimestamp })
        : await latestDownTo(roomId, count > DEFAULT_HISTORY ? lastReadSeq : head, head)
    if (isWanted() && rooms.get(roomId)?.status === 'approved') put(roomId, window)
  }

  async function latestDownTo(roomId: string, seq: number, head: number): Promise<Window> {
    const limit = seq === head ? DEFAULT_HISTORY : MAX_HISTORY
    const page = await socket.ask({ action: 'getMessages', roomId, limit })
    let window = latest(page, head)
    while (window.hasEarlier && (window.messages[0]?.seq ?? 0) > seq) {
      const before = window.messages[0]?.sortKey
      window = withEarlier(
        window,
        await socket.ask({ action: 'getMessages', roomId, before, limit: MAX_HISTORY }),
      )
    }
    return window
  }

  async function windowFrom(
    roomId: string,
    seq: number,
    head: { seq: number; timestamp: number },
  ): Promise<Window> {
    const page = (after: string, limit: number) =>
      socket.ask({ action: 'getMessages', roomId, after, limit })
    const time = await timeBefore(seq, CONTEXT, head, async (from) => {
      const { messages } = await page(asCursor(from), 1)
      return messages[0]
    })
    let window = detached(await page(asCursor(time), MAX_HISTORY), head.seq)
    while (window.hasLater && window.end < seq && window.cursor !== undefined)
      window = withFollowing(window, await page(window.cursor, MAX_HISTORY), head.seq)
    return window
  }

  /** Reads the page after a window that does not reach to the end. */
  async function loadLater(roomId: string): Promise<void> {
    const before = of(roomId)
    if (!before?.hasLater || readingOn.has(roomId)) return
    readingOn.add(roomId)
    try {
      const head = headOf(roomId)
      const page = await socket.ask({
        action: 'getMessages',
        roomId,
        after: before.cursor,
        limit: MAX_HISTORY,
      })
      const now = of(roomId)
      if (now?.cursor === before.cursor && now?.hasLater)
        put(roomId, withFollowing(now, page, head))
      checkAll()
    } finally {
      readingOn.delete(roomId)
    }
  }

  /** Sees to it that a message is among those that are held, where there still is one with this number. */
  async function show(roomId: string, seq: number): Promise<void> {
    const window = of(roomId)
    const room = rooms.get(roomId)
    const first = window?.messages[0]?.seq
    if (!room || (first !== undefined && first <= seq) || window?.hasEarlier === false) return
    const head = { seq: headOf(roomId), timestamp: room.lastTimestamp }
    const found = await windowFrom(roomId, seq, head)
    if (rooms.get(roomId)?.status === 'approved') put(roomId, found)
  }

  /** The same for a message that is named by its sortKey. */
  async function showMessage(roomId: string, sortKey: string): Promise<void> {
    const window = of(roomId)
    if (window?.messages.some((message) => message.sortKey === sortKey)) return
    const head = headOf(roomId)
    const page = await socket.ask({ action: 'getMessages', roomId, around: sortKey })
    if (rooms.get(roomId)?.status === 'approved') put(roomId, around(page, head))
    checkAll()
  }

  /** Leaves the midst of the history for its end. */
  async function toLatest(roomId: string): Promise<void> {
    if (!of(roomId)?.hasLater) return
    const head = headOf(roomId)
    const page = await socket.ask({ action: 'getMessages', roomId, limit: DEFAULT_HISTORY })
    if (rooms.get(roomId)?.status === 'approved') put(roomId, latest(page, head))
    checkAll()
  }

  /** Reads the page before the window. */
  async function loadEarlier(roomId: string): Promise<void> {
    const before = of(roomId)?.messages[0]?.sortKey
    if (before === undefined || !of(roomId)?.hasEarlier || readingBack.has(roomId)) return
    readingBack.add(roomId)
    try {
      const page = await socket.ask({
        action: 'getMessages',
        roomId,
        before,
        limit: DEFAULT_HISTORY,
      })
      const now = of(roomId)
      if (now?.messages[0]?.sortKey === before) put(roomId, withEarlier(now, page))
    } finally {
      readingBack.delete(roomId)
    }
  }

  function headOf(roomId: string): number {
    const window = of(roomId)
    return Math.max(rooms.get(roomId)?.lastSeq ?? 0, window ? newestSeq(window) : 0)
  }

  function isBehind(roomId: string): boolean {
    if (rooms.get(roomId)?.status !== 'approved') return false
    const window = of(roomId)
    return !window || (!window.hasLater && window.end < headOf(roomId))
  }

  function forget(roomId: string): void {
    windows.delete(roomId)
    void deleteCopies(auth.user?.userId ?? '', copyOf(roomId))
    failed.delete(roomId)
  }

  function reset(): void {
    windows.clear()
    failed.clear()
    catchingUp.clear()
    readingBack.clear()
    readingOn.clear()
    missedChanges.reset()
    keepTimers.forEach((timer) => clearTimeout(timer))
    keepTimers.clear()
  }

  useSessionParts().register({
    onState: checkAll,
    onEvent(event) {
      if (event.action === 'message') add(event)
      if (event.action === 'changed') change(event)
      if (event.action === 'pong') checkAll()
    },
    reset,
  })

  return {
    of,
    hasFailed,
    open,
    add,
    change,
    checkAll,
    loadEarlier,
    loadLater,
    show,
    showMessage,
    toLatest,
    forget,
  }
})

/** sortKeys begin with the time: this one comes before all messages of that time. */
const asCursor = (time: number): string => String(time).padStart(TIME_DIGITS, '0')

const copyOf = (roomId: string): string => `messages ${roomId}`
