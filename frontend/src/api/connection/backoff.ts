/**
 * Full jitter: a random moment up to a bound that doubles with each attempt, so that clients which lost their
 * connections together do not come back together.
 * Source: Marc Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015.
 */
export const BACKOFF_BASE_MS = 500
export const BACKOFF_CAP_MS = 20_000

/** How long to wait before the given attempt; the first is 0. */
export function backoff(attempt: number, random: () => number = Math.random): number {
  return random() * Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** Math.min(attempt, 30))
}
