import {
  expect,
  test as base,
  type BrowserContext,
  type Locator,
  type Page,
} from '@playwright/test'
import { startStack } from './stack'

export const DESKTOP = { width: 1440, height: 900 }
export const PHONE = { width: 360, height: 740 }

/** A list that has just been opened is still finding its place, and would take back a scroll that no hand can make. */
export const SETTLING_MS = 300

export interface Look {
  viewport?: typeof DESKTOP
  colorScheme?: 'light' | 'dark'
  /** Fingers, and no mouse. */
  touch?: boolean
}

/** One person at one browser, in the words of the app. */
export class Person {
  constructor(
    readonly page: Page,
    readonly name: string,
  ) {}

  get context(): BrowserContext {
    return this.page.context()
  }

  get connection(): Locator {
    return this.page.getByTestId('connection')
  }

  /** What is shown for a while; it is spoken as well, by an element that nobody sees. */
  news(text: string): Locator {
    return this.page.locator('[data-notice]').getByText(text)
  }

  /** Goes where no room is open, and the list of rooms is in view. */
  async leaveForList(): Promise<void> {
    const isPhone = (this.page.viewportSize()?.width ?? 0) < 768
    await this.page.goto(isPhone ? '/' : '/settings')
  }

  async createRoom(
    name: string,
    visibility: 'Approval required' | 'Anyone with the link' = 'Approval required',
  ) {
    await this.page.goto('/new-room')
    await this.page.getByLabel('Room name').fill(name)
    await this.page.getByLabel(visibility).check()
    await this.page.getByRole('button', { name: 'Create room' }).click()
    await expect(this.page.getByRole('heading', { name })).toBeVisible()
    return new URL(this.page.url()).pathname.replace('/rooms/', '')
  }

  async askToJoin(roomId: string): Promise<void> {
    await this.page.goto(`/join/${roomId}`)
    await this.page.getByRole('button', { name: /^(Request to join|Join room)$/ }).click()
  }

  /** Joins a room that is open. */
  async join(roomId: string): Promise<void> {
    await this.askToJoin(roomId)
    await expect(this.page).toHaveURL(`/rooms/${roomId}`)
  }

  async openMembers(): Promise<Locator> {
    await this.page.getByRole('link', { name: /^Room details/ }).click()
    const members = this.page.getByRole('region', { name: 'Room details', exact: true })
    await expect(members).toBeVisible()
    return members
  }

  /** Changes somebody's standing, and says yes when asked whether one means it. */
  async changeMember(members: Locator, name: string, change: string): Promise<void> {
    await members.getByRole('button', { name: `More actions for ${name}` }).click()
    await this.page.getByRole('menuitem', { name: change, exact: true }).click()
    await this.page.getByRole('alertdialog').getByRole('button', { name: change }).click()
    await expect(this.page.getByRole('alertdialog')).toHaveCount(0)
  }

  get conversation(): Locator {
    return this.page.getByRole('list', { name: /^Messages in / })
  }

  /** What is scrolled. */
  get history(): Locator {
    return this.page.getByRole('region', { name: 'Messages' })
  }

  /** Scrolls up until the first message of the room has been loaded. */
  async scrollToBeginning(): Promise<void> {
    const beginning = this.page.getByText(/^This is the start of /)
    await expect(async () => {
      await this.history.evaluate((element) => element.scrollTo({ top: 0 }))
      await expect(beginning).toBeInViewport({ timeout: 300 })
      await this.page.waitForTimeout(SETTLING_MS)
      await expect(beginning).toBeInViewport({ timeout: 300 })
    }).toPass()
  }

  /** The texts of the whole conversation, read from its beginning to its end: only what is in view is in the page. */
  async readAll(): Promise<string[]> {
    await this.scrollToBeginning()
    const rows = new Map<number, string>()
    for (let atEnd = false; !atEnd;) {
      await this.page.waitForTimeout(100)
      const inView = await this.conversation.locator('> li').evaluateAll((items) =>
        items.map((item) => ({
          position: Number(item.ariaPosInSet),
          text: [...item.querySelectorAll('p')].map((each) => each.textContent).join('\n'),
        })),
      )
      for (const { position, text } of inView) rows.set(position, text)
      atEnd = await this.history.evaluate((element) => {
        const left = element.scrollHeight - element.scrollTop - element.clientHeight
        element.scrollBy({ top: element.clientHeight / 2 })
        return left < 2
      })
    }
    return [...rows].sort(([a], [b]) => a - b).map(([, text]) => text)
  }

  async send(...texts: string[]): Promise<void> {
    const composer = this.page.getByRole('textbox', { name: /^Message / })
    // Where there are only fingers, Enter begins a new line.
    const byFinger = await this.page.evaluate(() => matchMedia('(hover: none)').matches)
    for (const text of texts) {
      await composer.fill(text)
      if (byFinger) await this.page.getByRole('button', { name: 'Send' }).tap()
      else await composer.press('Enter')
    }
  }

  message(text: string): Locator {
    return this.conversation
      .getByRole('listitem')
      .filter({ has: this.page.getByText(text, { exact: true }) })
  }

  /** Stored, not only on its way. */
  async sees(text: string): Promise<void> {
    await expect(this.message(text)).toHaveCount(1)
    await expect(this.message(text).getByText('Sending…')).toHaveCount(0)
  }

  roomLink(name: string): Locator {
    return this.page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name })
  }
}

export type SignIn = (name: 'alice' | 'bob' | 'carol', look?: Look) => Promise<Person>
export type Visit = (look?: Look) => Promise<Page>

interface Fixtures {
  /** Signs somebody in, at a browser of their own. */
  signIn: SignIn
  visit: Visit
}

export const test = base.extend<Fixtures, { siteUrl: string }>({
  // Of each worker's own: tests that run at once share no people.
  siteUrl: [
    async ({}, use) => {
      const stack = await startStack()
      await use(stack.siteUrl)
      await stack.stop()
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  baseURL: async ({ siteUrl }, use) => {
    await use(siteUrl)
  },
  visit: async ({ browser, baseURL }, use) => {
    const contexts: BrowserContext[] = []
    await use(async ({ viewport = DESKTOP, colorScheme = 'light', touch = false } = {}) => {
      const device = { viewport, colorScheme, hasTouch: touch, isMobile: touch }
      const context = await browser.newContext({ baseURL, ...device })
      contexts.push(context)
      return context.newPage()
    })
    await Promise.all(contexts.map((context) => context.close()))
  },
  signIn: async ({ visit }, use) => {
    await use(async (name, look) => {
      const page = await visit(look)
      await page.goto('/')
      await page.getByRole('button', { name: `Continue as ${name}` }).click()
      await expect(page.getByRole('heading', { name: 'Rooms', exact: true })).toBeVisible()
      return new Person(page, name)
    })
  },
})

export { expect, type Page }

let rooms = 0
/** A name that no other test uses. */
export function roomName(topic: string): string {
  return `${topic} ${++rooms}`
}
