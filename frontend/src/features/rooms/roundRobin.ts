import { MAX_PING_ROOMS } from '@/api/types.gen'

/** Which rooms the next ping asks about: all of them in turn, as many at a time as the protocol allows. */
export function roundRobin(size = MAX_PING_ROOMS): (roomIds: string[]) => string[] {
  let start = 0
  return (roomIds) => {
    if (start >= roomIds.length) start = 0
    const turn = roomIds.slice(start, start + size)
    start += size
    return turn
  }
}
