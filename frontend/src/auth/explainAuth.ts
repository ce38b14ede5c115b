const WORDS: Record<string, string> = {
  NotAuthorizedException: 'The username or the password is wrong.',
  UserNotFoundException: 'The username or the password is wrong.',
  UsernameExistsException: 'That username is taken.',
  AliasExistsException: 'That email address is in use already.',
  InvalidPasswordException:
    'The password needs at least 8 characters, with an upper case letter, a lower case letter and a digit.',
  CodeMismatchException: 'That code is not right.',
  ExpiredCodeException: 'That code is too old. Ask for a new one.',
  LimitExceededException: 'Too many attempts. Please wait a while.',
  TooManyRequestsException: 'Too many attempts. Please wait a while.',
  TooManyFailedAttemptsException: 'Too many attempts. Please wait a while.',
  NetworkError: 'The sign-in service cannot be reached. Check your connection.',
}

/** What Cognito said, in a person's words. */
export function explainAuth(error: unknown): string {
  if (!(error instanceof Error)) return 'Something went wrong. Please try again.'
  return WORDS[error.name] ?? error.message
}
