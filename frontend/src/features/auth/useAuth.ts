import { defineStore } from 'pinia'
import { SignedOut, type AccessToken } from '@/shared/accessToken'
import { useSessionParts } from '@/api/sessionParts'
import { computed, ref, shallowRef } from 'vue'
import * as lastUser from './lastUser'
import type { IdentityProvider, NewAccount, SignInStep, User } from './identity'

/** Who is signed in. Tokens stay with the identity provider; this store only hands them on. */
export const useAuth = defineStore('auth', () => {
  const user = ref<User>()
  const provider = shallowRef<IdentityProvider>()
  const isSignedIn = computed(() => user.value !== undefined)
  let refreshing: Promise<AccessToken> | undefined

  /** Finds out whether somebody is still signed in from before. An unreachable pool is no reason to sign out. */
  async function restore(identity: IdentityProvider): Promise<void> {
    provider.value = identity
    lastUser.onChange(follow)
    await adoptSession().catch(() => (user.value = lastUser.read()))
  }

  const signIn = async (username: string, password: string) =>
    adopt(await accounts().signIn(username, password))

  const answerChallenge = async (answer: string) => adopt(await accounts().answerChallenge(answer))

  async function adopt(step: SignInStep): Promise<SignInStep> {
    if (step.name === 'signedIn') await adoptSession()
    return step
  }

  async function signOut(): Promise<void> {
    // Only when the tokens are gone: a page that is closed before that would still be signed in.
    await accounts().signOut(false).finally(leave)
  }

  /** Ends every session of this account. Rejects, and stays signed in, when that could not be done. */
  async function signOutEverywhere(): Promise<void> {
    await accounts().signOut(true)
    leave()
  }

  /** What belongs to a person leaves this browser with them. */
  function leave(): void {
    if (user.value) useSessionParts().forget(user.value.userId)
    setUser(undefined)
  }

  /** A token that lasts at least so long; several who ask at once cause one refresh. */
  function accessToken(atLeastMs: number): Promise<AccessToken> {
    refreshing ??= freshSession(atLeastMs).finally(() => (refreshing = undefined))
    return refreshing
  }

  async function freshSession(atLeastMs: number): Promise<AccessToken> {
    const session = await accounts().session(atLeastMs)
    if (!session) {
      setUser(undefined)
      throw new SignedOut()
    }
    return session
  }

  async function adoptSession(): Promise<void> {
    const session = await accounts().session(0)
    setUser(session && { userId: session.userId, username: session.username })
  }

  /** Another tab signed in or out. */
  function follow(now: User | undefined): void {
    if (now?.userId === user.value?.userId) return
    if (now) void adoptSession().catch(() => undefined)
    else user.value = undefined
  }

  function setUser(next: User | undefined): void {
    user.value = next
    lastUser.write(next)
  }

  function accounts(): IdentityProvider {
    if (!provider.value) throw new Error('restore() comes first')
    return provider.value
  }

  const signUp = (account: NewAccount) => accounts().signUp(account)
  const confirmSignUp = (username: string, code: string) => accounts().confirmSignUp(username, code)
  const resendCode = (username: string) => accounts().resendCode(username)
  const requestPasswordReset = (username: string) => accounts().requestPasswordReset(username)
  const resetPassword = (username: string, code: string, password: string) =>
    accounts().resetPassword(username, code, password)
  const secondFactor = computed(() => accounts().secondFactor)
  const hasHostedSignIn = computed(() => provider.value?.signInHosted !== undefined)
  const signInHosted = async () => provider.value?.signInHosted?.()

  return {
    user,
    isSignedIn,
    restore,
    signIn,
    answerChallenge,
    hasHostedSignIn,
    signInHosted,
    signOut,
    signOutEverywhere,
    signUp,
    confirmSignUp,
    resendCode,
    requestPasswordReset,
    resetPassword,
    secondFactor,
    accessToken,
  }
})
