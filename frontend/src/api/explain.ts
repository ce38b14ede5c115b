import { OutcomeUnknown, Refused } from '@/api/errors'
import { MAX_ADMINS, type Reason } from '@/api/types.gen'
import { t, type MessageKey } from '@/shared/i18n/i18n'

/** A text for every reason that the server may give: a new one does not compile until it has its text. */
const TEXTS: Record<Reason, MessageKey> = {
  required: 'problems.invalid',
  invalid: 'problems.invalid',
  unknownAction: 'problems.invalid',
  pastLastMessage: 'problems.invalid',
  noCurrentRoom: 'problems.invalid',
  internal: 'problems.unknown',
  tooLarge: 'problems.tooLarge',
  invalidToken: 'problems.signedOut',
  tokenExpired: 'problems.signedOut',
  roomNotFound: 'problems.notFound',
  memberNotFound: 'rooms.problems.gone',
  personNotFound: 'direct.problems.person',
  directRoom: 'direct.problems.direct',
  messageNotFound: 'timeline.problems.messageGone',
  requestNotFound: 'rooms.problems.gone',
  adminsOnly: 'problems.forbidden',
  moderatorsOnly: 'problems.forbidden',
  memberIsAdmin: 'rooms.problems.isAdmin',
  roomArchived: 'rooms.problems.archived',
  ownMessagesOnly: 'problems.forbidden',
  authorsOnly: 'problems.forbidden',
  authorsAndAdminsOnly: 'problems.forbidden',
  editedSince: 'timeline.problems.editedSince',
  messageDeleted: 'timeline.problems.messageDeleted',
  tooManyReactions: 'timeline.problems.tooManyReactions',
  tooManyPins: 'timeline.problems.tooManyPins',
  editTimeOver: 'timeline.problems.editTimeOver',
  editHistoryOff: 'timeline.problems.editHistoryOff',
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
  return t(TEXTS[error.reason], { n: MAX_ADMINS })
}
