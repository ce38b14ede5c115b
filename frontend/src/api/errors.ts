import type { Error as ErrorEvent, ErrorCode, Reason } from '@/api/types.gen'

/** The server refused a command; nothing was changed. */
export class Refused extends Error {
  readonly code: ErrorCode
  readonly reason: Reason
  readonly field: string | undefined
  readonly retryAfterMs: number | undefined

  constructor(event: ErrorEvent) {
    super(event.message)
    this.name = 'Refused'
    this.code = event.code
    this.reason = event.reason
    this.field = event.field
    this.retryAfterMs = event.retryAfterMs
  }
}

/** No answer, or none that says whether the command was carried out. Asking again is safe: commands are idempotent. */
export class OutcomeUnknown extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'OutcomeUnknown'
  }
}

/** Asking again cannot help: the request itself is at fault. */
export function isFinal(error: unknown): error is Refused {
  return error instanceof Refused && FINAL.has(error.code)
}

/** Asking again helps, but not at once. */
export function isRateLimit(error: unknown): error is Refused {
  return error instanceof Refused && error.code === 'rateLimited'
}

const FINAL: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'badRequest',
  'unknownAction',
  'forbidden',
  'notFound',
  'conflict',
  'tooLarge',
])
