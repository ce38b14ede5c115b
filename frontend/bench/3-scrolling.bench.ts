import { roomName, test } from '../e2e/support/app'
import { figure } from './figures'
import { withHistory } from './longHistory'

const MESSAGES = 5_000

test(`Scrolling a room of ${MESSAGES} messages`, async ({ signIn }) => {
  const alice = await signIn('alice')
  const roomId = await alice.createRoom(roomName('Long'), 'Anyone with the link')
  await withHistory(alice.page, roomId, MESSAGES)
  await alice.page.goto(`/rooms/${roomId}`)
  await alice.history.waitFor()
  await alice.page.getByText(`number ${MESSAGES} `).first().waitFor()

  const loading = Date.now()
  await alice.history.evaluate(async (element) => {
    const first = () => element.querySelector('li')?.textContent ?? ''
    while (!/number 1 /.test(first())) {
      element.scrollTo({ top: 0 })
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  })
  figure('Loading all of it, page by page', (Date.now() - loading) / 1000, 's')
  figure('Rows in the page', await alice.conversation.getByRole('listitem').count(), '', {
    atMost: 200,
  })

  const frames = await alice.history.evaluate(async (element) => {
    const gaps: number[] = []
    let last = performance.now()
    const bottom = () => element.scrollHeight - element.clientHeight
    for (let steps = 0; steps < 600 && element.scrollTop < bottom() - 1; steps++) {
      element.scrollTop += 120
      await new Promise(requestAnimationFrame)
      const now = performance.now()
      gaps.push(now - last)
      last = now
    }
    return gaps.sort((a, b) => a - b)
  })
  const mean = frames.reduce((sum, gap) => sum + gap, 0) / frames.length
  figure('Frames', frames.length, '')
  figure('Frame rate while scrolling', 1000 / mean, 'frames/s', { atLeast: 30 })
  figure('95th percentile of a frame', frames[Math.floor(frames.length * 0.95)] ?? 0, 'ms')
  figure('Longest frame', frames.at(-1) ?? 0, 'ms')
})
