import { describe, expect, it } from 'vitest'
import { explainAuth } from './explainAuth'
import { UnknownStep } from './identity'

function cognitoError(name: string, message = 'Something in English'): Error {
  return Object.assign(new Error(message), { name })
}

describe('what Cognito says', () => {
  it.each([
    ['UsernameExistsException', 'That username is taken.', 'username'],
    ['CodeMismatchException', 'Incorrect code.', 'code'],
    ['EnableSoftwareTokenMFAException', 'Incorrect code.', 'code'],
    ['InvalidPasswordException', /requirements below/, 'password'],
    ['CodeDeliveryFailureException', /couldn’t send the code/, undefined],
    ['InternalErrorException', /sign-in service has a problem/, undefined],
    ['UserLambdaValidationException', /rules don’t allow this/, undefined],
    ['NetworkError', /Can’t reach/, undefined],
    ['SomethingNewException', 'Something went wrong. Try again.', undefined],
  ])('%s is told in words, at its field', (name, text, field) => {
    const problem = explainAuth(cognitoError(name))

    expect(problem.text).toMatch(text)
    expect(problem.field).toBe(field)
  })

  it.each([
    ['Incorrect username or password.', 'Incorrect username or password.'],
    ['Password attempts exceeded', /Too many attempts/],
    ['Invalid session for the user, session is expired.', /timed out/],
    ['User is disabled.', /deactivated/],
    ['SignUp is not permitted for this user pool', /created by an administrator/],
    ['User password cannot be reset in the current state.', /can’t be reset/],
    [
      'Temporary password has expired and must be reset by an administrator.',
      /temporary password has expired/,
    ],
    ['User cannot be confirmed. Current status is CONFIRMED', /already confirmed/],
  ])('NotAuthorizedException means several things: %s', (message, text) => {
    expect(explainAuth(cognitoError('NotAuthorizedException', message)).text).toMatch(text)
  })

  it.each([
    [
      'Username cannot be of email format, since user pool is configured for email alias.',
      'username',
    ],
    ['Invalid email address format.', 'email'],
    ["1 validation error detected: Value at 'username' failed to satisfy constraint", 'username'],
    ["1 validation error detected: Value at 'password' failed to satisfy constraint", 'password'],
  ])('InvalidParameterException is told at the field that is at fault: %s', (message, field) => {
    expect(explainAuth(cognitoError('InvalidParameterException', message)).field).toBe(field)
  })

  it('admits a step that it does not support', () => {
    expect(explainAuth(new UnknownStep('SMS')).text).toMatch(/doesn’t support/)
  })
})
