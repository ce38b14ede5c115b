import { Amplify, type AuthConfig } from '@aws-amplify/core'
import {
  confirmResetPassword,
  confirmSignIn,
  confirmSignUp,
  fetchAuthSession,
  fetchMFAPreference,
  resendSignUpCode,
  resetPassword,
  setUpTOTP,
  signIn,
  signOut,
  signUp,
  updateMFAPreference,
  verifyTOTPSetup,
} from '@aws-amplify/auth'
import { cognitoUserPoolsTokenProvider } from '@aws-amplify/auth/cognito'
import type { Config } from '@/shared/config/config'
import type { IdentityProvider, SecondFactor, Session, TotpSecret } from './identity'
import { signInStep, totpSecret } from './signInStep'
import { localExpiry } from './tokenClock'

/**
 * A Cognito user pool, by AWS's own library: SRP, so that the password never leaves the browser. The library keeps its
 * tokens in localStorage, on purpose: an invitation that opens in a new tab must find the person signed in, and a
 * reload on the train must not ask for a password. Against script injected into the page sessionStorage would be no
 * safer; the defence is that nothing ever turns a text into markup, and the content security policy.
 */
export async function cognitoIdentity(config: Config): Promise<IdentityProvider> {
  const hosted = config.hostedUiDomain ? await import('./hostedSignIn') : undefined
  const settings: AuthConfig = {
    Cognito: {
      userPoolId: config.userPoolId,
      userPoolClientId: config.userPoolClientId,
      userPoolEndpoint: config.cognitoEndpoint,
      loginWith: hosted && { oauth: hosted.oauth(config.hostedUiDomain ?? '') },
    },
  }
  cognitoUserPoolsTokenProvider.setAuthConfig(settings)
  Amplify.configure({ Auth: settings }, { Auth: { tokenProvider: cognitoUserPoolsTokenProvider } })
  return {
    signInHosted: hosted?.leave,
    async signIn(username, password) {
      return signInStep(await signInAfresh({ username, password }), username)
    },
    async answerChallenge(answer) {
      return signInStep(await confirmSignIn({ challengeResponse: answer }), '')
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
    async requestPasswordReset(username) {
      await resetPassword({ username }).catch(ignoreUnknown)
    },
    async resetPassword(username, code, newPassword) {
      await confirmResetPassword({ username, confirmationCode: code, newPassword })
    },
    async signOut(everywhere) {
      await signOut({ global: everywhere })
    },
    async session(atLeastMs) {
      const current = await currentSession(false)
      if (!current || current.expiresAt - Date.now() >= atLeastMs) return current
      return currentSession(true)
    },
    secondFactor,
  }
}

/** Whether there is such an account is nobody's business. Pools do not tell; older ones, and emulators, do. */
function ignoreUnknown(error: unknown): void {
  if (!(error instanceof Error && error.name === 'UserNotFoundException')) throw error
}

const secondFactor: SecondFactor = {
  async isOn() {
    return (await fetchMFAPreference()).enabled?.includes('TOTP') ?? false
  },
  async begin(): Promise<TotpSecret> {
    const session = await currentSession(false)
    return totpSecret(await setUpTOTP(), session?.username ?? '')
  },
  async enable(code) {
    await verifyTOTPSetup({ code })
    await updateMFAPreference({ totp: 'PREFERRED' })
  },
  async disable() {
    await updateMFAPreference({ totp: 'DISABLED' })
  },
}

/** The library refuses while it holds another session, such as that of another tab: whoever signs in now replaces it. */
async function signInAfresh(input: { username: string; password: string }) {
  try {
    return await signIn(input)
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'UserAlreadyAuthenticatedException') throw error
    await signOut()
    return signIn(input)
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
