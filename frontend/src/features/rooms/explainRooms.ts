import { Refused } from '@/api/errors'
import { explain } from '@/api/explain'
import { t } from '@/shared/i18n/i18n'

/** A refusal of something that was asked of a room, in words. */
export function explainRoom(error: unknown): string {
  if (error instanceof Refused && error.code === 'badRequest') {
    // An id that cannot be one, as of a link with something stuck to its end, belongs to no room.
    if (error.field === 'roomId') return t('problems.notFound')
    if (error.field === 'roomName') return t('rooms.problems.name')
  }
  return explain(error)
}

/** The same for what was asked about a person: not found is then the person. */
export function explainPerson(error: unknown): string {
  const isGone = error instanceof Refused && error.code === 'notFound'
  return isGone ? t('rooms.problems.gone') : explainRoom(error)
}
