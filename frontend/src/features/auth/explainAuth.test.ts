import { describe, expect, it } from 'vitest'
import { explainAuth } from './explainAuth'
import { UnknownStep } from './identity'

function cognitoError(name: string, message = 'x'): Error {
  return Object.assign(new Error(message), { name })
}

describe('what Cognito says', () => {
  it.each([
    ['UsernameExistsException', 'That username is taken.', 'username'],
    ['CodeMismatchException', 'That code is not right.', 'code'],
    ['EnableSoftwareTokenMFAException', 'That code is not right.', 'code'],
    ['InvalidPasswordException', /at least 8 characters/, 'password'],
    ['NetworkError', /cannot be reached/, undefined],
  ])('%s is told in words, at its field', (name, text, field) => {
    const problem = explainAuth(cognitoError(name))

    expect(problem.text).toMatch(text)
    expect(problem.field).toBe(field)
  })

  it.each([
    ['Incorrect username or password.', 'The username or the password is wrong.'],
    ['Password attempts exceeded', /Too many attempts/],
    ['Invalid session for the user, session is expired.', /took too long/],
    ['User is disabled.', /disabled/],
  ])('NotAuthorizedException means several things: %s', (message, text) => {
    expect(explainAuth(cognitoError('NotAuthorizedException', message)).text).toMatch(text)
  })

  it('admits a step that it does not know', () => {
    expect(explainAuth(new UnknownStep('SMS')).text).toMatch(/does not know/)
  })
})
