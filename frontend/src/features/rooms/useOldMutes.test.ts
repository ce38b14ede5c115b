import { beforeEach, describe, expect, it } from 'vitest'
import type { SetNotifications } from '@/api/types.gen'
import { aRoom, ME, refusal, roomsPage, welcome } from '@/testing/builders'
import { FakeServer } from '@/testing/fakeServer'
import { inSession, settle } from '@/testing/signedIn'
import { calling, isMuted } from './roomState'
import { MUTED_FOR_EVER } from './useOldMutes'
import { useRooms } from './useRooms'

let server: FakeServer
const stored = [
  aRoom({ roomId: 'quiet', lastSeq: 3 }),
  aRoom({ roomId: 'loud', lastSeq: 2 }),
  aRoom({ roomId: 'said', lastSeq: 1, settingsVersion: 1 }),
]

const set = ({ roomId, level, mutedUntil }: SetNotifications) =>
  ({ action: 'personalSettingsChanged', roomId, level, mutedUntil, settingsVersion: 1 }) as const

beforeEach(async () => {
  localStorage.clear()
  server = new FakeServer({
    hello: () => welcome(stored),
    getRooms: () => roomsPage(stored),
    setNotifications: set,
  })
})

describe('mutes of an earlier version', () => {
  const KEY = `parley.muted.${ME.userId}`

  it('move to the server once, where nothing has been said there', async () => {
    localStorage.setItem(KEY, JSON.stringify(['quiet', 'said', 'left']))
    await inSession()
    await settle()

    expect(server.received('setNotifications')).toMatchObject([
      { roomId: 'quiet', level: 'all', mutedUntil: MUTED_FOR_EVER },
    ])
    expect(localStorage.getItem(KEY)).toBeNull()
    expect(useRooms().totalUnread).toBe(2 + 1)
  })

  it('stay where they are until that has worked', async () => {
    localStorage.setItem(KEY, JSON.stringify(['quiet']))
    server.answers.setNotifications = () => refusal('internal')
    await inSession()
    await settle()

    expect(localStorage.getItem(KEY)).not.toBeNull()
  })
})

describe('what may disturb', () => {
  const room = () => useRooms().get('quiet')!

  it('is shown at once, and as it was again after a failure', async () => {
    await inSession()
    server.answers.setNotifications = () => refusal('notFound')
    const done = useRooms().setNotifications('quiet', 'nothing')
    expect(room().level).toBe('nothing')
    await expect(Promise.all([done, settle(1_000)])).rejects.toThrow()

    expect(room().level).toBe('all')
  })

  it('another device changes too; a late word of it counts no more', async () => {
    await inSession()
    server.push({ ...set({ roomId: 'quiet', level: 'mentions' } as never), settingsVersion: 5 })
    server.push({ ...set({ roomId: 'quiet', level: 'nothing' } as never), settingsVersion: 4 })

    expect(room().level).toBe('mentions')
  })

  it.each([
    [{ level: 'all' }, 3],
    [{ level: 'mentions' }, 1],
    [{ level: 'nothing' }, 0],
    [{ level: 'all', mutedUntil: MUTED_FOR_EVER }, 1],
    [{ level: 'all', mutedUntil: 1 }, 3],
  ] as const)('%o calls for %i messages', (settings, count) => {
    const room = aRoom({ lastSeq: 3, mentions: [2], ...settings })
    expect(calling(room)).toBe(count)
    expect(isMuted(room)).toBe(
      settings !== undefined && 'mutedUntil' in settings && settings.mutedUntil > 1,
    )
  })
})
