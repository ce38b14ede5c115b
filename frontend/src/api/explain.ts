import { OutcomeUnknown, Refused } from '@/api/errors'
import { MAX_ADMINS, type Reason } from '@/api/types.gen'
import { t, type MessageKey } from '@/shared/i18n/i18n'

/** A text for every reason that the server may give: a new one does not compile until it has its text. */
const TEXTS: Record<Reason, MessageKey | undefined> = {
  required: undefined,
  invalid: undefined,
  unknownAction: undefined,
  pastLastMessage: undefined,
  noCurrentRoom: undefined,
  internal: 'problems.unknown',
  tooLarge: 'problems.tooLarge',
  invalidToken: 'problems.signedOut',
  tokenExpired: 'problems.signedOut',
  roomNotFound: 'problems.notFound',
  memberNotFound: 'rooms.problems.gone',
  requestNotFound: 'rooms.problems.gone',
  adminsOnly: 'problems.forbidden',
  ownMessagesOnly: 'problems.forbidden',
  banned: 'rooms.join.banned',
  lastAdmin: 'rooms.problems.onlyAdmin',
  tooManyAdmins: 'rooms.problems.tooManyAdmins',
  tooManyRooms: 'rooms.problems.tooManyRooms',
  alreadyMember: 'rooms.problems.isMember',
  memberBanned: 'rooms.problems.isBanned',
  memberRejected: 'rooms.problems.isDeclined',
  notBanned: 'rooms.problems.notBanned',
  tooManyRequests: 'problems.rateLimited',
  contention: 'problems.rateLimited',
}

/** What went wrong, in a person's words. */
export function explain(error: unknown): string {
  if (error instanceof OutcomeUnknown) return t('problems.noAnswer')
  if (!(error instanceof Refused)) return t('problems.unknown')
  const key = TEXTS[error.reason]
  return key ? t(key, { n: MAX_ADMINS }) : sentence(error.message)
}

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(capital) ? capital : `${capital}.`
}
