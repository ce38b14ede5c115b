import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useSession } from '@/app/useSession'
import { t } from '@/shared/i18n/i18n'
import { aMessage, aRoom, history, ME, pushed, refusal, sent, welcome } from '@/testing/builders'
import { FakeServer } from '@/testing/fakeServer'
import { inSession, settle, signedIn, URL } from '@/testing/signedIn'
import { fillStorage } from '@/testing/storage'
import { useTimeline } from '@/features/messages/history/useTimeline'
import { useNotices } from '@/ui/notices/useNotices'
import { OutboxStorage, type OutboxEntry } from './storage'
import { mayResend, RESEND_LIMIT_MS, useOutbox } from './useOutbox'

const DAY = 24 * 3_600_000
let server: FakeServer
let seq: number

beforeEach(async () => {
  seq = 0
  server = new FakeServer({
    hello: () => welcome([aRoom()]),
    getMessages: () => history([]),
    sendMessage: (command) => sent(command, ++seq),
  })
  await inSession()
  void useTimeline().open('room')
  await settle()
})

const stored = () => new OutboxStorage(ME.userId).load()
const sends = () => server.received('sendMessage')

describe('a message', () => {
  it('is shown at once, and is on its way until it is answered', async () => {
    useOutbox().send('room', 'Hello')

    expect(useOutbox().of('room')).toMatchObject([{ message: 'Hello', state: 'sending' }])
    await settle()
    expect(useOutbox().of('room')).toEqual([])
    expect(useTimeline().of('room')?.messages).toMatchObject([{ message: 'Hello', seq: 1, ...ME }])
    expect(stored()).toEqual([])
  })

  it('with half an emoji is sent with the sign for what is unknown, and holds up nothing', async () => {
    useOutbox().send('room', 'x\ud83d')
    useOutbox().send('room', 'next')
    await settle()

    expect(sends().map(({ message }) => message)).toEqual(['x\uFFFD', 'next'])
    expect(useOutbox().of('room')).toEqual([])
  })

  it('names its room and an id of its own', async () => {
    useOutbox().send('room', 'Hello')
    useOutbox().send('room', 'Hello')
    await settle()

    const [one, two] = sends()
    expect(one).toMatchObject({ roomId: 'room', message: 'Hello' })
    expect(one?.clientMessageId).toBeDefined()
    expect(one?.clientMessageId).not.toBe(two?.clientMessageId)
  })

  it('goes out after the one before it is stored', async () => {
    server.answers.sendMessage = () => undefined
    useOutbox().send('room', 'One')
    useOutbox().send('room', 'Two')
    await settle()
    expect(sends().map(({ message }) => message)).toEqual(['One'])

    server.latest.deliver({ ...sent(sends()[0]!, 1), requestId: sends()[0]?.requestId })
    await settle()
    expect(sends().map(({ message }) => message)).toEqual(['One', 'Two'])
  })
})

describe('an unanswered message', () => {
  it('is sent again with the same id, until it is answered', async () => {
    server.answers.sendMessage = () => undefined
    useOutbox().send('room', 'Hello')
    await settle()
    server.drop()
    server.answers.sendMessage = (command) => sent(command, 1)
    await settle(2_000)

    expect(sends()).toHaveLength(2)
    expect(sends()[0]?.clientMessageId).toBe(sends()[1]?.clientMessageId)
    expect(useOutbox().of('room')).toEqual([])
  })

  it.each(['a push', 'the history'])('is done as it is seen in %s', async (where) => {
    server.answers.sendMessage = () => undefined
    useOutbox().send('room', 'Hello')
    await settle()
    const clientMessageId = sends()[0]?.clientMessageId
    const message = aMessage(1, { ...ME, message: 'Hello', clientMessageId })
    server.push(where === 'a push' ? pushed(message) : history([message]))

    expect(useOutbox().of('room')).toEqual([])
    server.drop()
    await settle(30_000)
    expect(sends()).toHaveLength(1)
  })

  it('is not done by the message of somebody else with the same id', async () => {
    server.answers.sendMessage = () => undefined
    useOutbox().send('room', 'Hello')
    await settle()
    server.push(pushed(aMessage(1, { clientMessageId: sends()[0]?.clientMessageId })))

    expect(useOutbox().of('room')).toHaveLength(1)
  })

  it('survives the page, and is sent by the next one', async () => {
    server.answers.sendMessage = () => undefined
    useOutbox().send('room', 'Hello')
    await settle()
    const { clientMessageId } = sends()[0]!
    useSession().end()

    server.answers.sendMessage = (command) => sent(command, 1)
    await inSession()

    expect(sends().at(-1)).toMatchObject({ clientMessageId, message: 'Hello' })
    expect(stored()).toEqual([])
  })

  it('is not sent by somebody else who signs in at the same browser', async () => {
    server.answers.sendMessage = () => undefined
    useOutbox().send('room', 'Hello')
    await settle()
    useSession().end()
    await signedIn()
    const before = sends().length
    void useSession().run(URL, 'bob-id')
    await settle(1_000)

    expect(useOutbox().entries).toEqual([])
    expect(sends()).toHaveLength(before)
    expect(stored()).toHaveLength(1)
  })

  it('is never sent again after six days', async () => {
    server.accepts = false
    server.drop()
    useOutbox().send('room', 'Hello')
    await settle()
    const entry = useOutbox().of('room')[0]!
    expect(mayResend(entry, entry.createdAt + RESEND_LIMIT_MS)).toBe(true)
    expect(mayResend(entry, entry.createdAt + RESEND_LIMIT_MS + 1)).toBe(false)
    useSession().end()
    new OutboxStorage(ME.userId).save({ ...entry, createdAt: Date.now() - 6 * DAY - 1 })

    server.accepts = true
    await inSession()
    await settle(1_000)

    expect(sends()).toEqual([])
    expect(useOutbox().of('room')).toMatchObject([{ state: 'failed' }])
  })
})

describe('a refused message', () => {
  it.each(['badRequest', 'tooLarge', 'notFound', 'forbidden'] as const)(
    'has failed when the reason is %s, and the next one goes out',
    async (code) => {
      server.answers.sendMessage = (command) =>
        command.message === 'Bad' ? refusal(code) : sent(command, 1)
      useOutbox().send('room', 'Bad')
      useOutbox().send('room', 'Good')
      await settle(60_000)

      expect(sends()).toHaveLength(2)
      expect(useOutbox().of('room')).toMatchObject([{ message: 'Bad', state: 'failed' }])
      expect(stored()).toMatchObject([{ message: 'Bad', state: 'failed' }])
    },
  )

  it('can be tried again, with the same id', async () => {
    server.answers.sendMessage = () => refusal('forbidden')
    useOutbox().send('room', 'Hello')
    await settle()
    server.answers.sendMessage = (command) => sent(command, 1)
    useOutbox().retry(useOutbox().of('room')[0]!.clientMessageId)
    await settle()

    expect(sends()[0]?.clientMessageId).toBe(sends()[1]?.clientMessageId)
    expect(useOutbox().of('room')).toEqual([])
  })

  it('can be discarded', async () => {
    server.answers.sendMessage = () => refusal('forbidden')
    useOutbox().send('room', 'Hello')
    await settle()
    useOutbox().remove(useOutbox().of('room')[0]!.clientMessageId)

    expect(useOutbox().entries).toEqual([])
    expect(stored()).toEqual([])
  })

  it('that came too fast waits as long as it is told', async () => {
    let times = 0
    server.answers.sendMessage = (command) =>
      ++times === 1 ? refusal('rateLimited', { retryAfterMs: 4_000 }) : sent(command, 1)
    useOutbox().send('room', 'Hello')
    await settle(3_900)
    expect(sends()).toHaveLength(1)
    await settle(200)

    expect(sends()).toHaveLength(2)
    expect(useOutbox().of('room')).toEqual([])
  })

  it('that came too fast makes those of other rooms wait as well, and says so', async () => {
    let times = 0
    server.answers.sendMessage = (command) =>
      ++times === 1 ? refusal('rateLimited', { retryAfterMs: 4_000 }) : sent(command, 1)
    useOutbox().send('room', 'One')
    useOutbox().send('room', 'Two')
    await settle()
    useOutbox().send('elsewhere', 'Three')
    await settle(3_900)
    expect(sends()).toHaveLength(1)
    expect(useOutbox().paused).toBe(true)
    await settle(200)

    const to = (roomId: string) =>
      sends().flatMap((each) => (each.roomId === roomId ? [each.message] : []))
    expect(to('room')).toEqual(['One', 'One', 'Two'])
    expect(to('elsewhere')).toEqual(['Three'])
    expect(useOutbox().entries).toEqual([])
    expect(useOutbox().paused).toBe(false)
  })

  it('whose outcome is unknown is sent again', async () => {
    let times = 0
    server.answers.sendMessage = (command) =>
      ++times === 1 ? refusal('internal') : sent(command, 1)
    useOutbox().send('room', 'Hello')
    await settle(1_000)

    expect(sends()).toHaveLength(2)
    expect(useOutbox().of('room')).toEqual([])
  })
})

describe('where the browser keeps nothing', () => {
  const notices = () => useNotices().notices.map(({ text }) => text)
  afterEach(() => vi.unstubAllGlobals())

  it('messages are sent all the same, and it is said once that they do not survive the page', async () => {
    fillStorage()
    useOutbox().send('room', 'One')
    useOutbox().send('room', 'Two')
    expect(useOutbox().of('room')).toHaveLength(2)
    await settle()

    expect(sends().map(({ message }) => message)).toEqual(['One', 'Two'])
    expect(useOutbox().of('room')).toEqual([])
    expect(notices()).toEqual([t('timeline.outbox.notKept')])
  })

  it('they wait for the network as always', async () => {
    fillStorage()
    server.accepts = false
    server.drop()
    useOutbox().send('room', 'One')
    await settle(60_000)
    expect(useOutbox().of('room')).toMatchObject([{ message: 'One', state: 'sending' }])

    server.accepts = true
    await settle(60_000)
    expect(sends().map(({ message }) => message)).toEqual(['One'])
    expect(useOutbox().of('room')).toEqual([])
  })
})

it('what is damaged in the storage is passed over', () => {
  localStorage.setItem(`parley.outbox.${ME.userId}.x`, '{')

  expect(stored()).toEqual([])
})

describe('what another tab does with an entry', () => {
  const key = (id: string) => `parley.outbox.${ME.userId}.${id}`
  function elsewhere(id: string, entry: OutboxEntry | undefined): void {
    const newValue = entry ? JSON.stringify(entry) : null
    if (newValue) localStorage.setItem(key(id), newValue)
    else localStorage.removeItem(key(id))
    dispatchEvent(new StorageEvent('storage', { key: key(id), newValue }))
  }
  const entry = (changes: Partial<OutboxEntry> = {}): OutboxEntry => ({
    clientMessageId: 'x',
    roomId: 'room',
    message: 'Hello',
    createdAt: Date.now(),
    state: 'sending',
    ...changes,
  })

  it('holds here: it fails, and is given up', async () => {
    elsewhere('x', entry({ state: 'failed', reason: 'No.' }))
    expect(useOutbox().of('room')).toMatchObject([{ state: 'failed', reason: 'No.' }])

    elsewhere('x', undefined)
    expect(useOutbox().of('room')).toEqual([])
  })

  it('holds here: a failed one that is tried again there waits here too', async () => {
    elsewhere('x', entry({ state: 'failed', reason: 'No.' }))
    server.answers.sendMessage = () => undefined
    elsewhere('x', entry())

    expect(useOutbox().of('room')[0]).toMatchObject({ state: 'sending' })
    expect(useOutbox().of('room')[0]?.reason).toBeUndefined()
  })

  it('is taken up when that tab is gone', async () => {
    elsewhere('x', entry())
    await settle()

    expect(sends()).toMatchObject([{ clientMessageId: 'x', message: 'Hello' }])
    expect(useOutbox().of('room')).toEqual([])
  })

  it('is not sent again when it has been sent there', async () => {
    useOutbox().send('room', 'Hello')
    localStorage.clear() // before the event about it has arrived here
    await settle()

    expect(sends()).toEqual([])
    expect(useOutbox().of('room')).toEqual([])
  })
})
