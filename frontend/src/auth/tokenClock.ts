const KEY = 'parley.tokenSeen'

/**
 * When a token ends by this device's clock, which may be wrong by hours: its lifetime is counted from the moment this
 * device first saw it.
 */
export function localExpiry(
  token: { iat: number; exp: number },
  storage: Storage = localStorage,
  now = Date.now(),
): number {
  const seen = read(storage)
  const seenAt = seen?.iat === token.iat ? seen.seenAt : now
  storage.setItem(KEY, JSON.stringify({ iat: token.iat, seenAt }))
  return seenAt + (token.exp - token.iat) * 1000
}

function read(storage: Storage): { iat: number; seenAt: number } | undefined {
  try {
    return JSON.parse(storage.getItem(KEY) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}
