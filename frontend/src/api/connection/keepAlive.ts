import type { ParleySocket } from './socket'
import { wait } from '../wait'

export const PROBE_TIMEOUT_MS = 10_000
const MINUTE = 60_000

/** API Gateway closes after ten idle minutes: probes when nothing was sent for four to five. */
export async function keepAlive(
  socket: ParleySocket,
  probe: () => Promise<unknown>,
  random: () => number = Math.random,
): Promise<void> {
  while (!socket.isClosed) {
    const silence = (4 + random()) * MINUTE
    await wait(socket.lastSentAt + silence - Date.now(), socket.closed)
    if (!socket.isClosed && Date.now() - socket.lastSentAt >= silence) await probe()
  }
}
