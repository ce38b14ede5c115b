import { beforeEach, describe, expect, it } from 'vitest'
import { useSessionParts } from '@/api/sessionParts'
import {
  aMessage,
  aRoom,
  history,
  memberChanged,
  messages,
  pushed,
  welcome,
} from '@/testing/builders'
import { FakeServer } from '@/testing/fakeServer'
import { inSession, settle } from '@/testing/signedIn'
import type { GetMessages, StoredMessage } from '@/api/types.gen'
import { useTimeline } from './useTimeline'

let server: FakeServer
let stored: StoredMessage[]
/** How many messages fit into a frame, whatever limit was asked for. */
let pageSize: number

beforeEach(async () => {
  stored = messages(1, 10)
  unread = 0
  pageSize = 100
  server = new FakeServer({ hello: () => welcome([room()]), getMessages: read })
  await inSession()
})

let unread = 0

const room = () => {
  const { seq = 0, timestamp = 0 } = stored.at(-1) ?? {}
  return aRoom({ lastSeq: seq, lastReadSeq: seq - unread, lastTimestamp: timestamp })
}

/** getMessages as the protocol describes it. */
function read({ before, after, limit = 50 }: GetMessages) {
  const size = Math.min(limit, pageSize)
  if (after !== undefined) {
    const rest = stored.filter(({ sortKey }) => sortKey > after)
    return history(rest.slice(0, size), rest.length > size)
  }
  const rest = before === undefined ? stored : stored.filter(({ sortKey }) => sortKey < before)
  return history(rest.slice(-size), rest.length > size)
}

async function open(): Promise<void> {
  void useTimeline().open('room')
  await settle()
}

/** Stores a message; lost: it is not pushed. */
function store(seq: number, { lost = false } = {}): void {
  const message = aMessage(seq)
  stored.push(message)
  if (!lost) server.push(pushed(message))
}

const seqs = () =>
  useTimeline()
    .of('room')
    ?.messages.map(({ seq }) => seq)
const range = (from: number, to: number) => messages(from, to).map(({ seq }) => seq)

describe('a room that is opened', () => {
  it('shows its latest messages, and asks for them once', async () => {
    await open()
    await open()

    expect(seqs()).toEqual(range(1, 10))
    expect(server.received('getMessages')).toHaveLength(1)
  })

  it('takes in what is pushed while its messages are read', async () => {
    server.answers.getMessages = (command) => {
      const answer = read(command)
      server.answers.getMessages = read
      store(11)
      return answer
    }
    await open()

    expect(seqs()).toEqual(range(1, 11))
  })

  it('can be opened again after a failure', async () => {
    server.answers.getMessages = () => ({
      action: 'error',
      code: 'forbidden',
      reason: 'adminsOnly',
      message: 'no',
    })
    await open()
    expect(useTimeline().hasFailed('room')).toBe(true)

    server.answers.getMessages = read
    await open()
    expect(useTimeline().hasFailed('room')).toBe(false)
    expect(seqs()).toEqual(range(1, 10))
  })

  it('without messages does not ask again and again', async () => {
    stored = []
    server.drop()
    await settle(1_000)
    useSessionParts().reset()
    await open()

    expect(server.received('getMessages').length).toBeLessThan(2)
  })

  it('whose messages have all expired does not ask again and again', async () => {
    stored = []
    await open()

    expect(server.received('getMessages')).toHaveLength(1)
    expect(useTimeline().of('room')?.end).toBe(10)
  })
})

describe('a gap', () => {
  it('heals as soon as the next message shows it', async () => {
    await open()
    store(11, { lost: true })
    store(12, { lost: true })
    store(13)
    expect(seqs()).toEqual([...range(1, 10), 13])
    await settle()

    expect(seqs()).toEqual(range(1, 13))
    expect(useTimeline().of('room')?.end).toBe(13)
  })

  it('is asked for from the last message before it', async () => {
    await open()
    store(11, { lost: true })
    store(12)
    await settle()

    expect(server.received('getMessages').at(-1)).toMatchObject({ after: aMessage(10).sortKey })
  })

  it('heals when a ping finds the head of the room further on', async () => {
    await open()
    store(11, { lost: true })
    server.push({ action: 'pong', time: 0, heads: { room: 11 }, revs: {} })
    await settle()

    expect(seqs()).toEqual(range(1, 11))
  })

  it('heals over pages that are shorter than was asked', async () => {
    await open()
    for (let seq = 11; seq < 40; seq++) store(seq, { lost: true })
    pageSize = 7
    store(40)
    await settle()

    expect(seqs()).toEqual(range(1, 40))
  })

  it('heals after a reconnect, in every room that is open', async () => {
    await open()
    for (let seq = 11; seq <= 15; seq++) store(seq, { lost: true })
    server.drop()
    await settle(1_000)

    expect(seqs()).toEqual(range(1, 15))
  })

  it('of thousands starts afresh at the latest messages', async () => {
    await open()
    stored.push(...messages(11, 5_000))
    server.drop()
    await settle(1_000)

    expect(seqs()).toEqual(range(4_951, 5_000))
    expect(useTimeline().of('room')?.hasEarlier).toBe(true)
  })
})

describe('earlier messages', () => {
  beforeEach(async () => {
    stored = messages(1, 120)
    server.drop()
    await settle(1_000)
    await open()
  })

  it('come in page by page, up to the first', async () => {
    expect(seqs()).toEqual(range(71, 120))
    void useTimeline().loadEarlier('room')
    await settle()
    expect(seqs()).toEqual(range(21, 120))
    void useTimeline().loadEarlier('room')
    await settle()

    expect(seqs()).toEqual(range(1, 120))
    expect(useTimeline().of('room')?.hasEarlier).toBe(false)
  })

  it('are asked for once at a time', async () => {
    void useTimeline().loadEarlier('room')
    void useTimeline().loadEarlier('room')
    await settle()

    expect(seqs()).toEqual(range(21, 120))
  })
})

describe('unread messages', () => {
  /** Sort keys as the server's: the time, and the id. */
  async function openWith(count: number, of: number): Promise<void> {
    stored = messages(1, of).map((message) => ({
      ...message,
      sortKey: `${String(message.timestamp).padStart(13, '0')}#${message.messageId}`,
    }))
    unread = count
    server.drop()
    await settle(1_000)
    await open()
  }
  const held = () => useTimeline().of('room')!

  it.each([120, 500])('%d are all there at once, with something before them', async (count) => {
    await openWith(count, 700)

    expect(seqs()![0]).toBeLessThanOrEqual(700 - count)
    expect(seqs()!.at(-1)).toBe(700)
    expect(held().hasLater).toBeFalsy()
  })

  it('of a whole room are read up to its beginning', async () => {
    await openWith(120, 120)

    expect(seqs()).toEqual(range(1, 120))
    expect(held().hasEarlier).toBe(false)
  })

  it('of which there are thousands begin at the first, with something before it', async () => {
    await openWith(4_000, 5_000)

    expect(seqs()![0]).toBeLessThanOrEqual(1_000)
    expect(seqs()).toContain(1_001)
    expect(held().hasLater).toBe(true)
    expect(server.received('getMessages').length).toBeLessThan(30)

    await useTimeline().loadLater('room')
    const [first, last] = [seqs()![0]!, seqs()!.at(-1)!]
    expect(seqs()).toEqual(range(first, last))
    expect(last).toBeGreaterThan(1_100)
  })

  it('that arrive meanwhile wait for their page, and are followed from the end on', async () => {
    await openWith(600, 700)
    store(701)
    await settle()
    expect(seqs()).not.toContain(701)

    stored = stored.map((message) => ({ ...message })) // as the server has them
    while (held().hasLater) await useTimeline().loadLater('room')
    expect(seqs()!.at(-1)).toBe(701)

    server.push(pushed(aMessage(702, { sortKey: `${String(702_000).padStart(13, '0')}#x` })))
    await settle()
    expect(seqs()!.at(-1)).toBe(702)
  })

  it('can be left for the end', async () => {
    await openWith(600, 700)
    await useTimeline().toLatest('room')

    expect(seqs()).toEqual(range(651, 700))
    expect(held().hasLater).toBeFalsy()
  })
})

it('a request that takes long can be sent again, and its late answer does no harm', async () => {
  server.answers.getMessages = () => undefined
  await open()
  const { requestId } = server.received('getMessages')[0]!
  server.answers.getMessages = read
  void useTimeline().open('room', true)
  await settle()
  expect(seqs()).toEqual(range(1, 10))

  server.latest.deliver({ ...history([]), requestId })
  await settle()
  expect(seqs()).toEqual(range(1, 10))
})

it('a late push of an old message leaves no hole between it and the window', async () => {
  stored = messages(1, 120)
  server.drop()
  await settle(1_000)
  await open()
  server.push(pushed(aMessage(9)))
  void useTimeline().loadEarlier('room')
  await settle()
  void useTimeline().loadEarlier('room')
  await settle()

  expect(seqs()).toEqual(range(1, 120))
})

it('a room that is lost and regained while it is read on starts over', async () => {
  await open()
  store(11, { lost: true })
  server.answers.getMessages = () => undefined
  store(12)
  await settle()
  server.answers = {
    ...server.answers,
    getMessages: read,
    getRooms: () => ({
      action: 'rooms',
      rooms: [aRoom({ version: 3, lastSeq: 12 })],
      hasMore: false,
    }),
  }
  server.push(memberChanged({ status: 'left', version: 2 }))
  server.push(memberChanged({ status: 'approved', version: 3 }))
  await settle(1_000)
  const { requestId, ...command } = server.received('getMessages').at(-1) as GetMessages
  server.latest.deliver({ ...read(command), requestId })
  await settle()

  expect(seqs()).toEqual(range(1, 12))
})

it('nothing of a room is kept after one has lost it', async () => {
  await open()
  server.push(memberChanged({ status: 'banned' }))

  expect(useTimeline().of('room')).toBeUndefined()
})
