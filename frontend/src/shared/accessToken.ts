/** What the server is told about who connects. */
export interface AccessToken {
  token: string
  /** By this device's clock. */
  expiresAt: number
}

/** There is no session, and only the person can start one. */
export class SignedOut extends Error {
  constructor() {
    super('signed out')
    this.name = 'SignedOut'
  }
}
