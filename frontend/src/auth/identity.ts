/** What the app needs from whoever keeps the accounts. `cognito.ts` is the one that is used. */
export interface IdentityProvider {
  signIn(username: string, password: string): Promise<SignInStep>
  signUp(account: NewAccount): Promise<void>
  confirmSignUp(username: string, code: string): Promise<void>
  resendCode(username: string): Promise<void>
  signOut(): Promise<void>
  /** The session if there is one, refreshed unless its token lasts at least so long. */
  session(atLeastMs: number): Promise<Session | undefined>
}

export interface NewAccount {
  username: string
  email: string
  password: string
}

export type SignInStep = 'signedIn' | 'confirmSignUp'

export interface AccessToken {
  token: string
  /** By this device's clock. */
  expiresAt: number
}

export interface User {
  userId: string
  username: string
}

export interface Session extends AccessToken, User {}

/** There is no session, and only the person can start one. */
export class SignedOut extends Error {
  constructor() {
    super('signed out')
    this.name = 'SignedOut'
  }
}
