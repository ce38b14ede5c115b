import { Refused } from '@/connection/errors'
import { t, type MessageKey } from '@/i18n/i18n'
import { MAX_ADMINS } from '@/protocol/types.gen'
import { explain } from '@/ui/explain'

/** What the server says of a conflict is in English and for developers: these words are told apart by its own. */
const CONFLICTS: [RegExp, MessageKey][] = [
  [/keeps an admin/, 'rooms.problems.onlyAdmin'],
  [/at most \d+ admins/, 'rooms.problems.tooManyAdmins'],
  [/most that one person may/, 'rooms.problems.tooManyRooms'],
  [/is a member|approved/, 'rooms.problems.isMember'],
  [/banned/, 'rooms.problems.isBanned'],
  [/rejected/, 'rooms.problems.isDeclined'],
]

/** A refusal of something that was asked of a room, in words. */
export function explainRoom(error: unknown): string {
  if (!(error instanceof Refused)) return explain(error)
  if (error.code === 'conflict') {
    const key = CONFLICTS.find(([words]) => words.test(error.message))?.[1]
    return t(key ?? 'rooms.problems.changed', { n: MAX_ADMINS })
  }
  if (error.code === 'forbidden' && /banned/.test(error.message)) return t('rooms.join.banned')
  // An id that cannot be one, as of a link with something stuck to its end, is no room's.
  if (error.code === 'badRequest' && /^roomId\b/.test(error.message)) return t('problems.notFound')
  if (error.code === 'badRequest' && error.message.startsWith('roomName')) {
    return t('rooms.problems.name')
  }
  return explain(error)
}

/** The same for what was asked about a person: not found is then the person. */
export function explainPerson(error: unknown): string {
  const isGone = error instanceof Refused && error.code === 'notFound'
  return isGone ? t('rooms.problems.gone') : explainRoom(error)
}
