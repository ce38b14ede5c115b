import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { ME } from '@/testing/builders'
import { aSession, fakeIdentity } from '@/testing/signedIn'
import { checkConfig } from '@/shared/config/config'
import { SignedOut } from '@/shared/accessToken'
import type { Session } from './identity'
import { mockUsers } from './mockUsers'
import { localExpiry } from './tokenClock'
import { useAuth } from './useAuth'

beforeEach(() => setActivePinia(createPinia()))

describe('restoring', () => {
  it('finds who is still signed in', async () => {
    await useAuth().restore(fakeIdentity())

    expect(useAuth().user).toEqual(ME)
  })

  it('does not sign out who cannot reach the pool', async () => {
    await useAuth().restore(fakeIdentity())
    setActivePinia(createPinia())
    const unreachable = fakeIdentity()
    unreachable.session.mockRejectedValue(new TypeError('network'))
    await useAuth().restore(unreachable)

    expect(useAuth().user).toEqual(ME)
  })

  it('remembers nobody who has signed out', async () => {
    await useAuth().restore(fakeIdentity())
    await useAuth().signOut()
    setActivePinia(createPinia())
    const unreachable = fakeIdentity()
    unreachable.session.mockRejectedValue(new TypeError('network'))
    await useAuth().restore(unreachable)

    expect(useAuth().isSignedIn).toBe(false)
  })

  it('finds nobody', async () => {
    await useAuth().restore(fakeIdentity(() => undefined))

    expect(useAuth().isSignedIn).toBe(false)
  })
})

describe('signing in', () => {
  it('makes the session known', async () => {
    let session: Session | undefined
    const identity = fakeIdentity(() => session)
    await useAuth().restore(identity)
    identity.signIn.mockImplementation(async () => {
      session = aSession()
      return { name: 'signedIn' }
    })

    expect(await useAuth().signIn('alice', 'secret')).toEqual({ name: 'signedIn' })
    expect(useAuth().user).toEqual(ME)
  })

  it('leaves an account that is not confirmed outside', async () => {
    const identity = fakeIdentity(() => undefined)
    identity.signIn.mockResolvedValue({ name: 'confirmSignUp' })
    await useAuth().restore(identity)

    expect(await useAuth().signIn('alice', 'secret')).toEqual({ name: 'confirmSignUp' })
    expect(useAuth().isSignedIn).toBe(false)
  })
})

describe('an access token', () => {
  it('is asked for with the time that it must last', async () => {
    const identity = fakeIdentity()
    await useAuth().restore(identity)

    await useAuth().accessToken(60_000)

    expect(identity.session).toHaveBeenLastCalledWith(60_000)
  })

  it('is refreshed once for several who ask together', async () => {
    const identity = fakeIdentity()
    await useAuth().restore(identity)
    identity.session.mockClear()

    await Promise.all([useAuth().accessToken(0), useAuth().accessToken(0)])

    expect(identity.session).toHaveBeenCalledTimes(1)
  })

  it('that cannot be had any more signs the person out', async () => {
    let session: Session | undefined = aSession()
    await useAuth().restore(fakeIdentity(() => session))
    session = undefined

    await expect(useAuth().accessToken(0)).rejects.toThrow(SignedOut)
    expect(useAuth().isSignedIn).toBe(false)
  })

  it('that cannot be had at the moment does not', async () => {
    const identity = fakeIdentity()
    await useAuth().restore(identity)
    identity.session.mockRejectedValue(new TypeError('network'))

    await expect(useAuth().accessToken(0)).rejects.toThrow('network')
    expect(useAuth().isSignedIn).toBe(true)
  })
})

describe('signing out', () => {
  it('is complete only when the tokens are gone', async () => {
    const identity = fakeIdentity()
    await useAuth().restore(identity)
    let finish = (): void => undefined
    identity.signOut.mockReturnValue(new Promise((resolve) => (finish = resolve)))
    const leaving = useAuth().signOut()
    expect(useAuth().isSignedIn).toBe(true)
    finish()
    await leaving

    expect(useAuth().isSignedIn).toBe(false)
  })
})

describe('the end of a token', () => {
  const token = { iat: 1_000, exp: 4_600 }

  it('is counted from the moment that this device first saw it, whatever its clock says', () => {
    expect(localExpiry(token, 50_000_000)).toBe(50_000_000 + 3_600_000)
    expect(localExpiry(token, 50_900_000)).toBe(50_000_000 + 3_600_000)
  })

  it('is counted anew for a new token', () => {
    localExpiry(token, 50_000_000)
    const next = { iat: 2_000, exp: 5_600 }

    expect(localExpiry(next, 51_000_000)).toBe(51_000_000 + 3_600_000)
  })
})

describe('the configuration', () => {
  const config = {
    websocketUrl: 'wss://example.org',
    region: 'eu-west-1',
    userPoolId: 'eu-west-1_a',
    userPoolClientId: 'b',
    cognitoEndpoint: 'https://example.org',
  }

  it('names what it lacks', () => {
    expect(() => checkConfig({ ...config, userPoolId: '' })).toThrow(/userPoolId/)
    expect(() => checkConfig(null)).toThrow(/websocketUrl/)
    expect(checkConfig(config)).toEqual(config)
  })

  it('offers ready-made people only where there are such', () => {
    const people = [{ username: 'zoe', password: 'p' }]

    expect(mockUsers(config, {})).toEqual([])
    expect(mockUsers({ ...config, mockUsers: people }, {})).toEqual(people)
    expect(mockUsers(config, { VITE_MOCK_AUTH: 'true' }).map(({ username }) => username)).toEqual([
      'alice',
      'bob',
      'carol',
    ])
  })
})

describe('signing out everywhere', () => {
  it('ends every session', async () => {
    const identity = fakeIdentity()
    await useAuth().restore(identity)
    await useAuth().signOutEverywhere()

    expect(identity.signOut).toHaveBeenCalledExactlyOnceWith(true)
    expect(useAuth().isSignedIn).toBe(false)
  })

  it('that could not be done leaves one signed in, to try again', async () => {
    const identity = fakeIdentity()
    await useAuth().restore(identity)
    identity.signOut.mockRejectedValue(new TypeError('network'))

    await expect(useAuth().signOutEverywhere()).rejects.toThrow('network')
    expect(useAuth().isSignedIn).toBe(true)
  })
})

describe('another tab', () => {
  const elsewhere = (user: object | undefined) => {
    if (user) localStorage.setItem('parley.user', JSON.stringify(user))
    else localStorage.removeItem('parley.user')
    dispatchEvent(new StorageEvent('storage', { key: 'parley.user' }))
  }

  it('that signs out takes this one with it', async () => {
    await useAuth().restore(fakeIdentity())
    elsewhere(undefined)

    expect(useAuth().isSignedIn).toBe(false)
  })

  it('that signs in takes this one with it', async () => {
    const identity = fakeIdentity(() => undefined)
    await useAuth().restore(identity)
    identity.session.mockResolvedValue(aSession())
    elsewhere(ME)
    await expect.poll(() => useAuth().user).toEqual(ME)
  })
})
