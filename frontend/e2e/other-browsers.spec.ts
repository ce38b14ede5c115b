import { expect, test } from '@playwright/test'
import { PASSWORD } from './support/newcomer'
import { firefox, FIREFOX, webkit, WEBKIT, type Tab } from './support/otherBrowsers'
import { startStack } from './support/stack'

const BROWSERS = [
  { name: 'Firefox', start: firefox, isHere: FIREFOX !== undefined },
  { name: 'WebKit', start: webkit, isHere: WEBKIT !== undefined },
]
/** Copies for the time without a network are kept a second after what they are of has changed. */
const KEPT_MS = 2_000

const rooms = '//h2[normalize-space()="Rooms"]'
const named = (element: string, name: string) =>
  `//${element}[normalize-space()="${name}" or @aria-label="${name}"]`
const field = (label: string) =>
  `//*[(self::input or self::textarea) and (@aria-label="${label}" or @id=//label[normalize-space()="${label}"]/@for)]`
const message = (text: string) => `//main//li//p[normalize-space()="${text}"]`
const inList = (name: string) => `//nav//a[contains(., "${name}")]`
const connection = `//*[@data-testid="connection"]`
const notice = `//*[@data-notice]`

for (const { name, start, isHere } of BROWSERS) {
  test(`what matters most works in ${name}`, async () => {
    test.setTimeout(300_000)
    // CI installs both, and fails without them.
    test.skip(!isHere && !process.env.CI, `${name} is not installed`)
    test.skip(process.env.PARLEY_OUTPUTS !== undefined, 'a deployment cannot be paused')
    const stack = await startStack()
    const tabs: Tab[] = []
    const visit = async (path: string): Promise<Tab> => {
      const tab = await start()
      tabs.push(tab)
      await tab.open(stack.siteUrl + path)
      return tab
    }
    try {
      const alice = await visit('/')
      await alice.click(named('button', 'Continue as alice'))
      await alice.sees(rooms)
      const roomId = await test.step('make and open a room, by keyboard', async () => {
        await alice.click(named('a', 'New room'))
        await alice.click(field('Room name'))
        await alice.type('Harbour')
        await alice.click('//label[contains(., "Anyone with the link")]')
        await alice.click(field('Room name'))
        await alice.press('Enter')
        await alice.sees('//h1[normalize-space()="Harbour"]')
        return (await alice.value<string>('location.pathname')).replace('/rooms/', '')
      })

      await test.step('send by Enter; history after a reload', async () => {
        await alice.click(field('Message Harbour'))
        await alice.type('First light')
        await alice.press('Enter')
        await alice.sees(message('First light'))
        await alice.reload()
        await alice.sees(message('First light'))
      })

      const erin = await test.step('sign up, which signs in by password', async () => {
        const tab = await visit('/sign-up')
        const fill = async (label: string, text: string) => {
          await tab.click(field(label))
          await tab.type(text)
        }
        await fill('Username', 'erin')
        await fill('Email', 'erin@example.com')
        await fill('Password', PASSWORD)
        await tab.click(named('button', 'Create account'))
        await fill('Verification code', '123456')
        await tab.click(named('button', 'Confirm'))
        await tab.sees(rooms)
        return tab
      })

      await test.step('join, and hear each other', async () => {
        await erin.open(`${stack.siteUrl}/join/${roomId}`)
        await erin.click(named('button', 'Join room'))
        await erin.sees(message('First light'))
        await erin.click(field('Message Harbour'))
        await erin.type('Good morning')
        await erin.press('Enter')
        await alice.sees(message('Good morning'))
      })

      await test.step('unread in a room that is not open', async () => {
        // Not by loading a page, which would cancel the mark of the last message that is still to be sent.
        await alice.click('//button[@aria-haspopup="menu"][contains(., "alice")]')
        await alice.click('//*[@role="menuitem"][contains(., "Settings")]')
        await alice.sees('//h1[normalize-space()="Settings"]')
        await erin.type('Anybody there?')
        await erin.press('Enter')
        await alice.sees(`${inList('Harbour')}[contains(., "1 unread")]`)
        await alice.click(inList('Harbour'))
        await alice.sees(message('Anybody there?'))
      })

      await test.step('a file that is dropped gets an answer, and the page stays', async () => {
        await alice.value(`(() => {
          const dataTransfer = new DataTransfer()
          dataTransfer.items.add(new File(['a'], 'a.txt', { type: 'text/plain' }))
          const init = { dataTransfer, bubbles: true, cancelable: true }
          document.body.dispatchEvent(new DragEvent('drop', init))
        })()`)
        await alice.sees(notice)
        expect(await alice.value('location.pathname')).toBe(`/rooms/${roomId}`)
      })

      await test.step('without a network, also after a reload', async () => {
        await alice.value('void navigator.serviceWorker.ready.then(() => { window.isKept = true })')
        await expect.poll(() => alice.value('window.isKept === true')).toBe(true)
        await alice.reload() // the first visit is not yet served by the service worker
        await alice.sees(message('Anybody there?'))
        await new Promise((resolve) => setTimeout(resolve, KEPT_MS))
        await stack.pause()
        await alice.sees(`${connection}[string-length(normalize-space()) > 0]`)
        await alice.click(field('Message Harbour'))
        await alice.type('From the tunnel')
        await alice.press('Enter')
        await alice.reload()
        await alice.sees(message('Good morning'))
        await alice.sees(message('From the tunnel'))
      })

      await test.step('when the network is back, what was written goes out', async () => {
        await stack.resume()
        await erin.sees(message('From the tunnel'))
      })

      await test.step('at the width of a phone', async () => {
        await alice.narrow()
        await alice.open(`${stack.siteUrl}/rooms/${roomId}`)
        await alice.sees(message('From the tunnel'))
        await alice.click(named('a', 'Back'))
        await alice.sees(inList('Harbour'))
        const over = await alice.value('document.documentElement.scrollWidth - innerWidth')
        expect(over).toBeLessThanOrEqual(0)
      })
    } finally {
      await Promise.allSettled(tabs.map((tab) => tab.close()))
      await stack.stop()
    }
  })
}
