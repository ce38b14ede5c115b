import { beforeEach, expect, it } from 'vitest'
import { useSessionParts } from '@/api/sessionParts'
import { useAuth } from '@/features/auth/useAuth'
import { useDrafts } from '@/features/messages/composer/drafts'
import { inSession, signedIn } from '@/testing/signedIn'
import { FakeServer } from '@/testing/fakeServer'
import { useSession } from './useSession'

beforeEach(() => localStorage.clear())

it('a store that registers hears events, and is cleared at the end', async () => {
  await signedIn()
  const heard: string[] = []
  let resets = 0
  useSessionParts().register({
    onEvent: (event) => void heard.push(event.action),
    reset: () => void (resets += 1),
  })

  useSessionParts().onEvent({ action: 'pong', time: 0, heads: {}, revs: {} })
  useSession().end()

  expect(heard).toEqual(['pong'])
  expect(resets).toBe(1)
})

it('drafts leave the browser with the person who signs out, and nobody else’s do', async () => {
  new FakeServer({})
  await inSession()
  localStorage.setItem('parley.draft.somebody-else.room', 'theirs')
  useDrafts().write('room', 'a thought')
  expect(Object.values(localStorage)).toContain('a thought')

  await useAuth().signOut()

  expect(Object.values(localStorage)).not.toContain('a thought')
  expect(localStorage.getItem('parley.draft.somebody-else.room')).toBe('theirs')
})

it('a session that ends by itself leaves drafts for when the person is back', async () => {
  new FakeServer({})
  await inSession()
  useDrafts().write('room', 'a thought')

  useSession().end()

  expect(useDrafts().of('room')).toBe('a thought')
})

/** Stores that keep nothing of a person in memory beyond the browser's own storage. */
const WITHOUT_A_PART = ['auth/useAuth.ts', 'roomList/useRoomOrder.ts', 'settings/useInstall.ts']

it('every store of a feature registers how it is cleared', () => {
  const sources = import.meta.glob<string>('../features/**/*.ts', {
    query: '?raw',
    import: 'default',
    eager: true,
  })
  const stores = Object.entries(sources).filter(([, text]) => text.includes('= defineStore('))

  expect(stores.length).toBeGreaterThan(6)
  const forgotten = stores
    .filter(([, text]) => !text.includes('useSessionParts().register('))
    .map(([file]) => file.replace('../features/', ''))
  expect(forgotten.sort()).toEqual(WITHOUT_A_PART)
})
