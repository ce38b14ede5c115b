const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const dayAndClock = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' })

/** The time of day, with the date when it was not today. */
export function shortTime(timestamp: number, now = Date.now()): string {
  const isToday = new Date(timestamp).toDateString() === new Date(now).toDateString()
  return (isToday ? clock : dayAndClock).format(timestamp)
}

export function fullTime(timestamp: number): string {
  return full.format(timestamp)
}
