import { Amplify, type AuthConfig } from '@aws-amplify/core'
import {
  confirmSignUp,
  fetchAuthSession,
  resendSignUpCode,
  signIn,
  signOut,
  signUp,
} from '@aws-amplify/auth'
import { cognitoUserPoolsTokenProvider } from '@aws-amplify/auth/cognito'
import type { Config } from '@/config/config'
import type { IdentityProvider, Session } from './identity'
import { localExpiry } from './tokenClock'

/**
 * A Cognito user pool, by AWS's own library: SRP, so that the password never leaves the browser. The library keeps its
 * tokens in localStorage, on purpose: an invitation that opens in a new tab must find the person signed in, and a
 * reload on the train must not ask for a password. Against script injected into the page sessionStorage would be no
 * safer; the defence is that nothing ever turns a text into markup, and the content security policy.
 */
export function cognitoIdentity(config: Config): IdentityProvider {
  const settings: AuthConfig = {
    Cognito: {
      userPoolId: config.userPoolId,
      userPoolClientId: config.userPoolClientId,
      userPoolEndpoint: config.cognitoEndpoint,
    },
  }
  cognitoUserPoolsTokenProvider.setAuthConfig(settings)
  Amplify.configure({ Auth: settings }, { Auth: { tokenProvider: cognitoUserPoolsTokenProvider } })
  return {
    async signIn(username, password) {
      const { isSignedIn, nextStep } = await signIn({ username, password })
      if (isSignedIn) return 'signedIn'
      if (nextStep.signInStep === 'CONFIRM_SIGN_UP') return 'confirmSignUp'
      throw new Error(`this account asks for ${nextStep.signInStep}, which this app cannot do`)
    },
    async signUp({ username, email, password }) {
      await signUp({ username, password, options: { userAttributes: { email } } })
    },
    async confirmSignUp(username, code) {
      await confirmSignUp({ username, confirmationCode: code })
    },
    async resendCode(username) {
      await resendSignUpCode({ username })
    },
    async signOut() {
      await signOut()
    },
    async session(atLeastMs) {
      const current = await currentSession(false)
      if (!current || current.expiresAt - Date.now() >= atLeastMs) return current
      return currentSession(true)
    },
  }
}

/** Undefined when nobody is signed in; an error when the pool cannot be reached. */
async function currentSession(forceRefresh: boolean): Promise<Session | undefined> {
  const { tokens, userSub } = await fetchAuthSession({ forceRefresh })
  const { iat, exp, username } = tokens?.accessToken.payload ?? {}
  if (!tokens || !userSub || iat === undefined || exp === undefined) return undefined
  return {
    token: tokens.accessToken.toString(),
    expiresAt: localExpiry({ iat, exp }),
    userId: userSub,
    username: String(username),
  }
}
