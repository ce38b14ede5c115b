import { safeStorage } from '@/shared/safeStorage'

const KEY = 'parley.tokenSeen'

/**
 * When a token ends by this device's clock, which may be wrong by hours: its lifetime is counted from the moment this
 * device first saw it.
 */
export function localExpiry(token: { iat: number; exp: number }, now = Date.now()): number {
  const seen = read()
  const seenAt = seen?.iat === token.iat ? seen.seenAt : now
  safeStorage.setItem(KEY, JSON.stringify({ iat: token.iat, seenAt }))
  return seenAt + (token.exp - token.iat) * 1000
}

function read(): { iat: number; seenAt: number } | undefined {
  try {
    return JSON.parse(safeStorage.getItem(KEY) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}
