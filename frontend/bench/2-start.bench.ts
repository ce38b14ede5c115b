import { roomName, test } from '../e2e/support/app'
import { figure } from './figures'

const SLOW_DOWN = 4
const RUNS = 5

test(`Opening a room with the CPU slowed down ${SLOW_DOWN} times (median of ${RUNS})`, async ({
  signIn,
}) => {
  const alice = await signIn('alice')
  const roomId = await alice.createRoom(roomName('Start'), 'Anyone with the link')
  await alice.send('Hello')
  await alice.sees('Hello')
  const devtools = await alice.context.newCDPSession(alice.page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOW_DOWN })
  const [painted, ready, blocked]: number[][] = [[], [], []]
  for (let run = 0; run < RUNS; run++) {
    await alice.page.goto('about:blank')
    await alice.page.goto(`/rooms/${roomId}`, { waitUntil: 'commit' })
    await alice.page.getByText('Hello', { exact: true }).waitFor()
    const times = await alice.page.evaluate(async () => {
      const shown = performance.now()
      const tasks: PerformanceEntry[] = []
      new PerformanceObserver((list) => tasks.push(...list.getEntries())).observe({
        type: 'longtask',
        buffered: true,
      })
      // Interactive: what there is to do is done, and the next frame comes when it should.
      await new Promise((resolve) => requestIdleCallback(resolve))
      await new Promise((resolve) => setTimeout(resolve, 0))
      const paint = performance.getEntriesByName('first-contentful-paint')[0]
      return {
        painted: paint?.startTime ?? 0,
        ready: Math.max(shown, ...tasks.map((task) => task.startTime + task.duration)),
        blocked: tasks.reduce((sum, { duration }) => sum + Math.max(0, duration - 50), 0),
      }
    })
    painted?.push(times.painted)
    ready?.push(times.ready)
    blocked?.push(times.blocked)
  }
  figure('First contentful paint', median(painted), 'ms')
  figure('Messages shown and time to interactive', median(ready), 'ms', { atMost: 3_500 })
  figure('Total blocking time', median(blocked), 'ms')
})

function median(values: number[] = []): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
}
