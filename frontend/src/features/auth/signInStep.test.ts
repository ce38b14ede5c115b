import type { SignInOutput } from '@aws-amplify/auth'
import { describe, expect, it } from 'vitest'
import { UnknownStep } from './identity'
import { signInStep } from './signInStep'

const step = (signInStep: string, more = {}) =>
  ({ isSignedIn: false, nextStep: { signInStep, ...more } }) as unknown as SignInOutput

describe('what a sign-in asks for next', () => {
  it.each([
    ['DONE', 'signedIn'],
    ['CONFIRM_SIGN_UP', 'confirmSignUp'],
    ['RESET_PASSWORD', 'resetPassword'],
    ['CONFIRM_SIGN_IN_WITH_TOTP_CODE', 'totp'],
    ['CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED', 'newPassword'],
  ])('%s is %s', (theirs, ours) => {
    expect(signInStep(step(theirs), 'alice')).toEqual({ name: ours })
  })

  it('brings the secret where a second factor has to be set up', () => {
    const totpSetupDetails = {
      sharedSecret: 'ABCD',
      getSetupUri: (app: string, account?: string) => new URL(`otpauth://totp/${app}:${account}`),
    }

    expect(
      signInStep(step('CONTINUE_SIGN_IN_WITH_TOTP_SETUP', { totpSetupDetails }), 'alice'),
    ).toEqual({ name: 'setUpTotp', totp: { secret: 'ABCD', uri: 'otpauth://totp/Parley:alice' } })
  })

  it('refuses what it does not know', () => {
    expect(() => signInStep(step('CONFIRM_SIGN_IN_WITH_SMS_CODE'), 'alice')).toThrow(UnknownStep)
  })
})
