import type { SignInOutput, SetUpTOTPOutput } from '@aws-amplify/auth'
import { UnknownStep, type SignInStep, type TotpSecret } from './identity'

/** What Cognito asks for next, in the app's own terms. */
export function signInStep({ nextStep }: SignInOutput, username: string): SignInStep {
  switch (nextStep.signInStep) {
    case 'DONE':
      return { name: 'signedIn' }
    case 'CONFIRM_SIGN_UP':
      return { name: 'confirmSignUp' }
    case 'RESET_PASSWORD':
      return { name: 'resetPassword' }
    case 'CONFIRM_SIGN_IN_WITH_TOTP_CODE':
      return { name: 'totp' }
    case 'CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED':
      return { name: 'newPassword' }
    case 'CONTINUE_SIGN_IN_WITH_TOTP_SETUP':
      return { name: 'setUpTotp', totp: totpSecret(nextStep.totpSetupDetails, username) }
    default:
      throw new UnknownStep(nextStep.signInStep)
  }
}

export function totpSecret(details: SetUpTOTPOutput, username: string): TotpSecret {
  return {
    secret: details.sharedSecret,
    uri: details.getSetupUri('Parley', username || undefined).href,
  }
}
