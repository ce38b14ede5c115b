import { formattingLocale } from '@/shared/i18n/useLanguage'

const CLOCK = { hour: 'numeric', minute: '2-digit' } as const
const DAY = { weekday: 'long', day: 'numeric', month: 'long' } as const
const DAY_AND_YEAR = { ...DAY, year: 'numeric' } as const
const FULL = { dateStyle: 'full', timeStyle: 'medium' } as const

const DAY_MS = 24 * 60 * 60 * 1000

/** The time of day: the day itself stands above its messages. */
export function clockTime(timestamp: number): string {
  return format(CLOCK).format(timestamp)
}

/** The same where there is little space: without AM and PM, which the message above has. */
export function shortClockTime(timestamp: number): string {
  const parts = format(CLOCK).formatToParts(timestamp)
  const kept = parts.filter(({ type }) => type !== 'dayPeriod').map(({ value }) => value)
  return kept.join('').trim()
}

/** Today, yesterday, or the date. */
export function dayName(timestamp: number, now = Date.now()): string {
  const days = Math.round((startOfDay(timestamp) - startOfDay(now)) / DAY_MS)
  if (days === 0 || days === -1) return capital(relative().format(days, 'day'))
  const isThisYear = new Date(timestamp).getFullYear() === new Date(now).getFullYear()
  return format(isThisYear ? DAY : DAY_AND_YEAR).format(timestamp)
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

function relative(): Intl.RelativeTimeFormat {
  return new Intl.RelativeTimeFormat(formattingLocale(), { numeric: 'auto' })
}

function startOfDay(timestamp: number): number {
  return new Date(timestamp).setHours(0, 0, 0, 0)
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1)
}
