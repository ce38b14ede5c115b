const MINUTE = 60_000

/** A token with less left is refreshed before a connection opens: a refused handshake looks like any other failure. */
export const MIN_TOKEN_MS = MINUTE
/** A connection that replaces another because its token ends needs a later end, or it would be replaced at once. */
export const MIN_TOKEN_AT_REPLACEMENT_MS = 10 * MINUTE

const EARLIEST_MS = 60 * MINUTE
const LATEST_MS = 110 * MINUTE
const SOONEST_MS = 10_000

/**
 * API Gateway ends a connection after two hours. It is replaced at a random moment before that, or before its token
 * ends, so that neither loses a moment of hearing and not everybody comes at once.
 */
export function msUntilReplacement(
  now: number,
  tokenEndsAt: number,
  random: () => number = Math.random,
): number {
  const byAge = EARLIEST_MS + random() * (LATEST_MS - EARLIEST_MS)
  const byToken = tokenEndsAt - now - (1 + random()) * MINUTE
  return Math.max(SOONEST_MS, Math.min(byAge, byToken))
}
