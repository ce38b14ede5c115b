import { t, type MessageKey } from '@/i18n/i18n'

const WORDS: Record<string, MessageKey> = {
  NotAuthorizedException: 'auth.problems.wrongCredentials',
  UserNotFoundException: 'auth.problems.wrongCredentials',
  UsernameExistsException: 'auth.problems.usernameTaken',
  AliasExistsException: 'auth.problems.emailTaken',
  InvalidPasswordException: 'auth.problems.password',
  CodeMismatchException: 'auth.problems.codeWrong',
  ExpiredCodeException: 'auth.problems.codeOld',
  LimitExceededException: 'auth.problems.tooOften',
  TooManyRequestsException: 'auth.problems.tooOften',
  TooManyFailedAttemptsException: 'auth.problems.tooOften',
  NetworkError: 'auth.problems.unreachable',
}

/** What Cognito said, in a person's words. */
export function explainAuth(error: unknown): string {
  if (!(error instanceof Error)) return t('problems.unknown')
  const key = WORDS[error.name]
  return key ? t(key) : error.message
}
