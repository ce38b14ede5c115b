import { OutcomeUnknown, Refused } from '@/connection/errors'
import type { ErrorCode } from '@/protocol/types.gen'

const WORDS: Partial<Record<ErrorCode, string>> = {
  forbidden: 'You are not allowed to do that.',
  notFound: 'There is no such room, or you are not a member of it.',
  tooLarge: 'The message is too long.',
  rateLimited: 'That was too fast. Please try again in a moment.',
  tokenExpired: 'Your sign-in has ended. Please sign in again.',
  unauthorized: 'Your sign-in has ended. Please sign in again.',
}

/** What went wrong, in a person's words. */
export function explain(error: unknown): string {
  if (error instanceof Refused) return WORDS[error.code] ?? sentence(error.message)
  if (error instanceof OutcomeUnknown) return 'The server did not answer. Please try again.'
  return 'Something went wrong. Please try again.'
}

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(capital) ? capital : `${capital}.`
}
