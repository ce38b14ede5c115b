import { t, type MessageKey } from '@/shared/i18n/i18n'

export type AuthFieldName = 'username' | 'email' | 'password' | 'code'

/** What went wrong, in a person's words, and at which field of the form. */
export interface AuthProblem {
  text: string
  field?: AuthFieldName
}

const PROBLEMS: Record<string, [MessageKey, AuthFieldName?]> = {
  NotAuthorizedException: ['auth.problems.wrongCredentials'],
  UserNotFoundException: ['auth.problems.wrongCredentials'],
  UsernameExistsException: ['auth.problems.usernameTaken', 'username'],
  AliasExistsException: ['auth.problems.emailTaken', 'email'],
  InvalidPasswordException: ['auth.problems.password', 'password'],
  PasswordHistoryPolicyViolationException: ['auth.problems.passwordUsed', 'password'],
  CodeMismatchException: ['auth.problems.codeWrong', 'code'],
  EnableSoftwareTokenMFAException: ['auth.problems.codeWrong', 'code'],
  ExpiredCodeException: ['auth.problems.codeOld', 'code'],
  LimitExceededException: ['auth.problems.tooOften'],
  TooManyRequestsException: ['auth.problems.tooOften'],
  TooManyFailedAttemptsException: ['auth.problems.tooOften'],
  SoftwareTokenMFANotFoundException: ['auth.problems.noSecondFactor'],
  NetworkError: ['auth.problems.unreachable'],
  UnknownStep: ['auth.problems.unsupported'],
}

/** One name, several meanings: what Cognito says with it tells them apart. */
const BY_MESSAGE: [RegExp, MessageKey, AuthFieldName?][] = [
  [/attempts exceeded/i, 'auth.problems.tooOften'],
  [/session/i, 'auth.problems.tooSlow'],
  [/is disabled/i, 'auth.problems.disabled'],
  [/invalid email|email.*format/i, 'auth.problems.emailInvalid', 'email'],
  [/'username'/i, 'auth.problems.usernameInvalid', 'username'],
  [/no registered\/verified email/i, 'auth.problems.noVerifiedEmail'],
]

export function explainAuth(error: unknown): AuthProblem {
  if (!(error instanceof Error)) return { text: t('problems.unknown') }
  const said = BY_MESSAGE.find(
    ([pattern]) =>
      /^(NotAuthorized|InvalidParameter)Exception$/.test(error.name) && pattern.test(error.message),
  )
  if (said) return problem(said[1], said[2])
  const known = PROBLEMS[error.name]
  return known ? problem(...known) : { text: error.message }
}

function problem(key: MessageKey, field?: AuthFieldName): AuthProblem {
  return { text: t(key), field }
}
