const HOUR_MS = 3_600_000
/** The steps back in time grow by this factor. */
const GROWTH = 8
const MAX_TRIES = 24

interface Known {
  seq: number
  timestamp: number
}

/**
 * A time (ms) from which a room's messages are to be read so that `seq` comes soon: at most `near` messages before it,
 * or, where so many were written within an instant, as close as tries allow.
 *
 * The server finds messages by time and not by number, so this looks at single messages: back in growing steps, and
 * then halfway between two.
 *
 * @param latest The newest message that is known.
 * @param firstFrom The first message at or after a time.
 */
export async function timeBefore(
  seq: number,
  near: number,
  latest: Known,
  firstFrom: (time: number) => Promise<Known | undefined>,
): Promise<number> {
  let late = latest.timestamp
  let early = late
  for (let step = HOUR_MS; early > 0; step *= GROWTH) {
    early = Math.max(0, latest.timestamp - step)
    const found = await firstFrom(early)
    if (found && found.seq <= seq) {
      if (seq - found.seq <= near) return early
      break
    }
    late = early
  }
  for (let tries = 0; tries < MAX_TRIES && late - early > 1; tries++) {
    const middle = Math.floor((early + late) / 2)
    const found = await firstFrom(middle)
    if (!found || found.seq > seq) late = middle
    else {
      early = middle
      if (seq - found.seq <= near) break
    }
  }
  return early
}
