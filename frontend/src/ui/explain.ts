import { OutcomeUnknown, Refused } from '@/connection/errors'
import { t, type MessageKey } from '@/i18n/i18n'
import type { ErrorCode } from '@/protocol/types.gen'

const WORDS: Partial<Record<ErrorCode, MessageKey>> = {
  forbidden: 'problems.forbidden',
  notFound: 'problems.notFound',
  tooLarge: 'problems.tooLarge',
  rateLimited: 'problems.rateLimited',
  tokenExpired: 'problems.signedOut',
  unauthorized: 'problems.signedOut',
}

/** What went wrong, in a person's words. */
export function explain(error: unknown): string {
  if (error instanceof Refused) {
    const key = WORDS[error.code]
    return key ? t(key) : sentence(error.message)
  }
  if (error instanceof OutcomeUnknown) return t('problems.noAnswer')
  return t('problems.unknown')
}

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(capital) ? capital : `${capital}.`
}
