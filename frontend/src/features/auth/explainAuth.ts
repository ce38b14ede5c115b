import { t, type MessageKey } from '@/shared/i18n/i18n'

export type AuthFieldName = 'username' | 'email' | 'password' | 'code'

/** What went wrong, in a person's words, and at which field of the form. */
export interface AuthProblem {
  text: string
  field?: AuthFieldName
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html and its like */
const PROBLEMS: Record<string, [MessageKey, AuthFieldName?]> = {
  NotAuthorizedException: ['auth.problems.wrongCredentials', 'password'],
  UserNotFoundException: ['auth.problems.wrongCredentials', 'password'],
  UsernameExistsException: ['auth.problems.usernameTaken', 'username'],
  AliasExistsException: ['auth.problems.emailTaken', 'email'],
  InvalidPasswordException: ['auth.problems.password', 'password'],
  PasswordHistoryPolicyViolationException: ['auth.problems.passwordUsed', 'password'],
  CodeMismatchException: ['auth.problems.codeWrong', 'code'],
  EnableSoftwareTokenMFAException: ['auth.problems.codeWrong', 'code'],
  ExpiredCodeException: ['auth.problems.codeOld', 'code'],
  CodeDeliveryFailureException: ['auth.problems.codeNotSent'],
  LimitExceededException: ['auth.problems.tooOften'],
  TooManyRequestsException: ['auth.problems.tooOften'],
  TooManyFailedAttemptsException: ['auth.problems.tooOften'],
  SoftwareTokenMFANotFoundException: ['auth.problems.noSecondFactor'],
  InternalErrorException: ['auth.problems.service'],
  ServiceUnavailable: ['auth.problems.service'],
  UserLambdaValidationException: ['auth.problems.notPermitted'],
  UnexpectedLambdaException: ['auth.problems.service'],
  InvalidLambdaResponseException: ['auth.problems.service'],
  ForbiddenException: ['auth.problems.notPermitted'],
  NetworkError: ['auth.problems.unreachable'],
  UnknownStep: ['auth.problems.unsupported'],
}

/** One name, several meanings: what Cognito says with it tells them apart. The first that fits counts. */
const BY_MESSAGE: [RegExp, MessageKey, AuthFieldName?][] = [
  [/attempts exceeded/i, 'auth.problems.tooOften'],
  [/signup is not permitted/i, 'auth.problems.signUpClosed'],
  [/temporary password has expired/i, 'auth.problems.temporaryPasswordOld'],
  [/password cannot be reset/i, 'auth.problems.cannotReset'],
  [/current status is confirmed/i, 'auth.problems.confirmedAlready'],
  [/session/i, 'auth.problems.tooSlow'],
  [/is disabled/i, 'auth.problems.disabled'],
  [/username cannot be of (email|phone)/i, 'auth.problems.usernameIsAddress', 'username'],
  [/invalid email|email.*format/i, 'auth.problems.emailInvalid', 'email'],
  [/'username'/i, 'auth.problems.usernameInvalid', 'username'],
  [/'password'/i, 'auth.problems.password', 'password'],
  [/no registered\/verified email/i, 'auth.problems.noVerifiedEmail'],
]

export function explainAuth(error: unknown): AuthProblem {
  if (!(error instanceof Error)) return { text: t('problems.unknown') }
  const said = BY_MESSAGE.find(
    ([pattern]) =>
      /^(NotAuthorized|InvalidParameter)Exception$/.test(error.name) && pattern.test(error.message),
  )
  if (said) return problem(said[1], said[2])
  return problem(...(PROBLEMS[error.name] ?? ['problems.unknown']))
}

function problem(key: MessageKey, field?: AuthFieldName): AuthProblem {
  return { text: t(key), field }
}
