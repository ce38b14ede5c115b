import { expect, it } from 'vitest'
import { timeBefore } from './searchBySeq'

const NOW = Date.UTC(2026, 4, 12)

/** Messages whose distances in time are told by a function of their number. */
function room(count: number, distance: (seq: number) => number) {
  let timestamp = NOW
  const messages = Array.from({ length: count }, (_, index) => {
    const seq = count - index
    timestamp -= distance(seq)
    return { seq, timestamp }
  }).reverse()
  let asked = 0
  const firstFrom = async (time: number) => {
    asked++
    return messages.find((message) => message.timestamp >= time)
  }
  return { messages, firstFrom, asked: () => asked, latest: messages.at(-1)! }
}

it.each([
  ['evenly', () => 60_000],
  ['by day only', (seq: number) => (seq % 200 === 0 ? 14 * 3_600_000 : 30_000)],
  ['after a year of silence', (seq: number) => (seq === 4_000 ? 365 * 86_400_000 : 1_000)],
])('finds the place of a message in a room where people write %s', async (_, distance) => {
  const { messages, firstFrom, asked, latest } = room(5_000, distance)
  for (const seq of [1, 700, 3_999, 4_000, 4_900]) {
    const time = await timeBefore(seq, 50, latest, firstFrom)
    const first = messages.find((message) => message.timestamp >= time)!
    expect(first.seq).toBeLessThanOrEqual(seq)
    expect(seq - first.seq).toBeLessThanOrEqual(50)
  }
  expect(asked()).toBeLessThan(5 * 30)
})

it('comes as close as it can where all was written in one instant', async () => {
  const { firstFrom, latest } = room(1_000, (seq) => (seq === 1_000 ? 10 : 0))
  const time = await timeBefore(500, 50, latest, firstFrom)

  expect((await firstFrom(time))!.seq).toBeLessThanOrEqual(500)
})

it('begins at the first message that is left where earlier ones have expired', async () => {
  const { firstFrom, latest } = room(100, () => 1_000)
  const expired = async (time: number) => {
    const found = await firstFrom(time)
    return found && found.seq < 90 ? { seq: 90, timestamp: NOW - 11_000 } : found
  }
  expect(await timeBefore(5, 50, latest, expired)).toBe(0)
})
