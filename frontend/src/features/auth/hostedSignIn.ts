import { signInWithRedirect } from '@aws-amplify/auth'
// On the way back it exchanges the code (with PKCE's verifier), and takes it out of the address.
import '@aws-amplify/auth/enable-oauth-listener'

/** How Cognito's own sign-in pages are used: authorization code with PKCE, so that no token is ever in an address. */
export function oauth(domain: string) {
  const home = [`${location.origin}/`]
  return {
    domain,
    // The last one lets the person see to a second factor, and sign out everywhere.
    scopes: ['openid', 'email', 'profile', 'aws.cognito.signin.user.admin'],
    redirectSignIn: home,
    redirectSignOut: home,
    responseType: 'code' as const,
  }
}

export async function leave(): Promise<void> {
  await signInWithRedirect()
}
