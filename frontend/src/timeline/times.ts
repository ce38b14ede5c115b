import { formattingLocale } from '@/i18n/useLanguage'

const CLOCK = { hour: '2-digit', minute: '2-digit' } as const
const DAY_AND_CLOCK = { day: 'numeric', month: 'short', ...CLOCK } as const
const FULL = { dateStyle: 'full', timeStyle: 'medium' } as const

/** The time of day, with the date when it was not today. */
export function shortTime(timestamp: number, now = Date.now()): string {
  const isToday = new Date(timestamp).toDateString() === new Date(now).toDateString()
  return format(isToday ? CLOCK : DAY_AND_CLOCK).format(timestamp)
}

export function fullTime(timestamp: number): string {
  return format(FULL).format(timestamp)
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making a format is slow, and there is one time per message. */
function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const locale = formattingLocale()
  const key = `${locale} ${JSON.stringify(options)}`
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, options)
  formats.set(key, known)
  return known
}
