import { formattingLocale } from '@/shared/i18n/useLanguage'

const DAY_MS = 24 * 60 * 60 * 1000

/** When something was last said, as short as it can be: the time of day, the day of the week, or the date. */
export function listTime(timestamp: number, now = Date.now()): string {
  const date = new Date(timestamp)
  const today = new Date(now)
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(formattingLocale(), options).format(timestamp)
  if (date.toDateString() === today.toDateString())
    return format({ hour: 'numeric', minute: '2-digit' })
  if (now - timestamp < 6 * DAY_MS) return format({ weekday: 'short' })
  const year = date.getFullYear() === today.getFullYear() ? undefined : '2-digit'
  return format({ day: 'numeric', month: 'numeric', year })
}
