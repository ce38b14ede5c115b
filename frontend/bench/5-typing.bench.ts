import type { Page } from '@playwright/test'
import { DESKTOP, roomName, test } from '../e2e/support/app'
import { figure } from './figures'

const MESSAGES = 60
const KEYS = 'The quick brown fox jumps over the lazy dog. '.repeat(4)

test(`Typing in a room of ${MESSAGES} messages`, async ({ signIn }) => {
  const alice = await signIn('alice')
  const name = roomName('Typing')
  const roomId = await alice.createRoom(name, 'Anyone with the link')
  await alice.send(...Array.from({ length: MESSAGES }, (_, index) => `Line ${index + 1}`))
  // A new device of hers: nothing of the room is kept there yet.
  const device = await alice.context.browser()?.newContext({
    baseURL: new URL(alice.page.url()).origin,
    storageState: await alice.context.storageState(),
    viewport: DESKTOP,
  })
  if (!device) return
  const page = await device.newPage()
  await page.goto(`/rooms/${roomId}`)
  await page.getByText(`Line ${MESSAGES}`, { exact: true }).waitFor()
  await page.waitForLoadState('networkidle')
  await page.getByRole('textbox', { name: `Message ${name}` }).click()
  const keys = await type(page)
  figure('A key until its frame, median', median(keys), 'ms')
  figure('95th percentile', keys[Math.floor(keys.length * 0.95)] ?? NaN, 'ms')
  figure('Layout shift, opening and typing (hundredths)', (await shifted(page)) * 100, '', {
    atMost: 1,
  })

  await page.goto('/config.json')
  await page.setContent('<textarea rows="3" cols="80"></textarea>')
  await page.getByRole('textbox').click()
  const plain = await type(page)
  figure('The same in an empty page, median', median(plain), 'ms')
  figure('What the app adds to a key', median(keys) - median(plain), 'ms', { atMost: 6 })
  await device.close()
})

/** Types, and returns how long each key took until its frame was laid out, in order of size. */
async function type(page: Page): Promise<number[]> {
  await page.evaluate(() => {
    const taken: number[] = []
    Object.assign(window, { taken })
    addEventListener(
      'keydown',
      () => {
        const pressed = performance.now()
        const frame = new MessageChannel()
        frame.port1.onmessage = () => taken.push(performance.now() - pressed)
        requestAnimationFrame(() => frame.port2.postMessage(null))
      },
      { capture: true },
    )
  })
  for (const key of KEYS) {
    await page.keyboard.press(key)
    await page.waitForTimeout(40)
  }
  const taken = await page.evaluate(() => (window as unknown as { taken: number[] }).taken)
  return taken.sort((a, b) => a - b)
}

/** Everything that moved in this page without a person's doing. */
function shifted(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const moves = list.getEntries() as (PerformanceEntry & Shift)[]
          resolve(moves.reduce((sum, move) => sum + (move.hadRecentInput ? 0 : move.value), 0))
        }).observe({ type: 'layout-shift', buffered: true })
        setTimeout(() => resolve(0), 500)
        interface Shift {
          value: number
          hadRecentInput: boolean
        }
      }),
  )
}

function median(values: number[]): number {
  return values[Math.floor(values.length / 2)] ?? NaN
}
