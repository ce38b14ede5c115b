import { createPinia, setActivePinia } from 'pinia'
import { vi } from 'vitest'
import { type IdentityProvider, type SecondFactor, type Session, useAuth } from '@/features/auth'
import { useSession } from '@/app/useSession'
import { ME } from './builders'

export const HOUR = 3_600_000
export const URL = 'wss://example.org/dev'

export function fakeIdentity(session: () => Session | undefined = aSession) {
  return {
    signIn: vi.fn<IdentityProvider['signIn']>(async () => ({ name: 'signedIn' })),
    signUp: vi.fn<IdentityProvider['signUp']>(async () => undefined),
    confirmSignUp: vi.fn<IdentityProvider['confirmSignUp']>(async () => undefined),
    resendCode: vi.fn<IdentityProvider['resendCode']>(async () => undefined),
    answerChallenge: vi.fn<IdentityProvider['answerChallenge']>(async () => ({
      name: 'signedIn',
    })),
    requestPasswordReset: vi.fn<IdentityProvider['requestPasswordReset']>(async () => undefined),
    resetPassword: vi.fn<IdentityProvider['resetPassword']>(async () => undefined),
    secondFactor: {
      isOn: vi.fn<SecondFactor['isOn']>(async () => false),
      begin: vi.fn<SecondFactor['begin']>(async () => ({ secret: 'ABCD', uri: 'otpauth://x' })),
      enable: vi.fn<SecondFactor['enable']>(async () => undefined),
      disable: vi.fn<SecondFactor['disable']>(async () => undefined),
    },
    signOut: vi.fn<IdentityProvider['signOut']>(async () => undefined),
    session: vi.fn<IdentityProvider['session']>(async () => session()),
  }
}

export function aSession(changes: Partial<Session> = {}): Session {
  return { token: 'the-token', expiresAt: Date.now() + 24 * HOUR, ...ME, ...changes }
}

/** Fresh stores with somebody signed in, and fake timers. */
export async function signedIn(identity = fakeIdentity()): Promise<void> {
  vi.useFakeTimers()
  setActivePinia(createPinia())
  await useAuth().restore(identity)
}

/** The same, connected, as the whole app would be, to the FakeServer that the test has made. */
export async function inSession(): Promise<void> {
  await signedIn()
  void useSession().run(URL, ME.userId)
  await settle()
}

/** Lets everything that is due happen. */
export async function settle(ms = 0): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms)
}
