import type { AccessToken } from '@/shared/accessToken'

/** What the app needs from whoever keeps the accounts. `cognito.ts` is the one that is used. */
export interface IdentityProvider {
  signIn(username: string, password: string): Promise<SignInStep>
  /** The next step after a challenge of the sign-in that is under way. */
  answerChallenge(answer: string): Promise<SignInStep>
  /** Leaves for the pool's own sign-in pages; undefined where there are none. */
  signInHosted?: () => Promise<void>
  signUp(account: NewAccount): Promise<void>
  confirmSignUp(username: string, code: string): Promise<void>
  resendCode(username: string): Promise<void>
  requestPasswordReset(username: string): Promise<void>
  resetPassword(username: string, code: string, password: string): Promise<void>
  /** Here, or with `everywhere` on every device: no session can be refreshed any more. */
  signOut(everywhere: boolean): Promise<void>
  /** The session if there is one, refreshed unless its token lasts at least so long. */
  session(atLeastMs: number): Promise<Session | undefined>
  secondFactor: SecondFactor
}

/** Codes from an authenticator app (TOTP, RFC 6238), for the person who is signed in. */
export interface SecondFactor {
  isOn(): Promise<boolean>
  begin(): Promise<TotpSecret>
  /** Turns it on, with a code that proves that the app has the secret. */
  enable(code: string): Promise<void>
  disable(): Promise<void>
}

export interface TotpSecret {
  secret: string
  /** `otpauth://…`, for the QR code. */
  uri: string
}

export interface NewAccount {
  username: string
  email: string
  password: string
}

/** What a sign-in asks for next. */
export type SignInStep =
  | { name: 'signedIn' | 'confirmSignUp' | 'resetPassword' | 'totp' | 'newPassword' }
  | { name: 'setUpTotp'; totp: TotpSecret }

export interface User {
  userId: string
  username: string
}

export interface Session extends AccessToken, User {}

/** The account asks for a step that this app does not know. */
export class UnknownStep extends Error {
  constructor(step: string) {
    super(step)
    this.name = 'UnknownStep'
  }
}
