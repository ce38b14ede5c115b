import { chooseFromAccount } from './support/account'
import { expect, Person, PHONE, roomName, test } from './support/app'

test('the app speaks German where the browser does, and changes over at once', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ baseURL, locale: 'de-DE' })
  const page = await context.newPage()
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Bei Parley anmelden' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await page.getByRole('button', { name: 'Weiter als alice' }).click()
  await chooseFromAccount(page, 'Einstellungen')
  await page.getByRole('radio', { name: 'English' }).check()
  await expect(page.getByRole('heading', { name: 'Settings', exact: true })).toBeVisible()

  await page.reload()

  await expect(page.getByRole('heading', { name: 'Settings', exact: true })).toBeVisible()
  await context.close()
})

test('the longer words of German fit a phone', async ({ browser, baseURL, signIn }) => {
  const bob = await signIn('bob')
  const context = await browser.newContext({ baseURL, locale: 'de-DE', viewport: PHONE })
  const page = await context.newPage()
  const fits = async (screen: string) => {
    const cut = await page.evaluate(() => {
      const controls = [...document.querySelectorAll('button, .button, [role="menuitem"], h1 ~ a')]
      const isCut = ({ scrollWidth, clientWidth }: Element) =>
        clientWidth > 2 && scrollWidth > clientWidth + 1
      return [document.documentElement, ...controls].filter(isCut).map((each) => each.textContent)
    })
    expect.soft(cut, screen).toEqual([])
  }
  await page.goto('/sign-up')
  await expect(page.getByRole('heading', { name: 'Konto erstellen' })).toBeVisible()
  await fits('sign-up')
  await page.goto('/')
  await page.getByRole('button', { name: 'Weiter als alice' }).click()
  await page.getByRole('link', { name: 'Neuer Raum' }).click()
  await page.getByLabel('Raumname').fill('Besprechungen der Geschäftsführung')
  await fits('new room')
  await page.getByRole('button', { name: 'Raum erstellen' }).last().click()
  await expect(page).toHaveURL(/\/rooms\//)
  const roomId = new URL(page.url()).pathname.replace('/rooms/', '')
  await bob.askToJoin(roomId)
  await page.getByRole('link', { name: /^Raumdetails/ }).click()
  await expect(page.getByRole('button', { name: 'bob annehmen' })).toBeVisible()
  await fits('a request')
  await page.getByRole('button', { name: 'bob annehmen' }).click()
  await page.getByRole('button', { name: 'Aktionen für bob' }).click()
  await expect(page.getByRole('menuitem', { name: 'Sperren' })).toBeVisible()
  await fits('the menu of a member')
  await page.getByRole('menuitem').first().click()
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await fits('a question')
  await page.goto('/settings')
  await expect(page.getByRole('button', { name: 'Auf allen Geräten abmelden' })).toBeVisible()
  await fits('settings')
  await context.close()
})

test('dark and light by one’s own choice', async ({ signIn }) => {
  const { page } = await signIn('alice')
  await page.goto('/settings')
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const light = await background()
  await page.getByRole('radio', { name: 'Dark' }).check()
  await expect.poll(background).not.toBe(light)

  await page.reload()

  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked()
  expect(await background()).not.toBe(light)
})

test('title and icon tell how much is unread; a click on the notification leads there', async ({
  signIn,
}) => {
  const alice = await signIn('alice')
  const bob = await signIn('bob')
  const name = roomName('Bell')
  const roomId = await alice.createRoom(name, 'Anyone with the link')
  await bob.join(roomId)
  await bob.context.grantPermissions(['notifications'])
  await bob.page.addInitScript(() => {
    const shown: { title: string; body?: string; click: () => void }[] = []
    const Fake = class {
      static permission = 'granted'
      static requestPermission = async () => 'granted'
      onclick: () => void = () => undefined
      close(): void {}
      constructor(title: string, options: NotificationOptions) {
        shown.push({ title, body: options.body, click: () => this.onclick() })
      }
    }
    Object.assign(window, { Notification: Fake, shown })
    Object.defineProperty(document, 'visibilityState', {
      get: () => (localStorage.getItem('test.hidden') ? 'hidden' : 'visible'),
    })
  })
  await bob.page.goto('/settings')
  await bob.page.getByRole('checkbox', { name: /Desktop notifications/ }).check()
  await expect(bob.roomLink(name)).toBeVisible()
  const before = await unreadInTitle(bob)
  await bob.page.evaluate(() => localStorage.setItem('test.hidden', 'yes'))

  await alice.send('Dinner is ready')

  await expect.poll(() => unreadInTitle(bob)).toBe(before + 1)
  await expect(bob.page.locator('link[rel="icon"]')).toHaveAttribute('href', '/icon-unread.svg')
  const shown = () => bob.page.evaluate('shown.map(({ title, body }) => [title, body])')
  await expect.poll(shown).toEqual([[name, 'alice: Dinner is ready']])
  await bob.page.evaluate('shown[0].click()')
  await expect(bob.page).toHaveURL(`/rooms/${roomId}`)
  await expect(bob.page).toHaveTitle(new RegExp(`${name} · Parley`))
})

async function unreadInTitle({ page }: Person): Promise<number> {
  return Number(/^\((\d+)\)/.exec(await page.title())?.[1] ?? 0)
}

test('a message that failed and is discarded in one tab is gone in the other', async ({
  signIn,
}) => {
  const alice = await signIn('alice')
  const roomId = await alice.createRoom(roomName('Twins'), 'Anyone with the link')
  await alice.page.evaluate((roomId) => {
    const { userId } = JSON.parse(localStorage.getItem('parley.user') ?? '{}')
    const entry = {
      clientMessageId: 'x',
      roomId,
      message: 'Too late',
      createdAt: Date.now(),
      state: 'failed',
      reason: 'No.',
    }
    localStorage.setItem(`parley.outbox.${userId}.x`, JSON.stringify(entry))
  }, roomId)
  await alice.page.reload()
  const other = new Person(await alice.context.newPage(), 'alice')
  await other.page.goto(`/rooms/${roomId}`)
  await expect(alice.message('Too late')).toHaveCount(1)
  await expect(other.message('Too late')).toHaveCount(1)

  await alice.message('Too late').getByRole('button', { name: 'Discard' }).click()

  await expect(alice.message('Too late')).toHaveCount(0)
  await expect(other.message('Too late')).toHaveCount(0)
})

test('a lost connection is told calmly, and can be tried again at once', async ({ signIn }) => {
  const alice = await signIn('alice')
  let isUp = true
  const cut: (() => Promise<void>)[] = []
  await alice.page.routeWebSocket(/./, (socket) => {
    if (!isUp) return void socket.close()
    const server = socket.connectToServer()
    cut.push(() => socket.close())
    void server
  })
  await alice.page.reload()
  await expect.poll(() => cut.length).toBe(1)
  await expect(alice.connection).toHaveText('')

  isUp = false
  await cut[0]?.()
  await expect(alice.connection).toContainText('Reconnecting…')
  isUp = true
  await alice.page.getByRole('button', { name: 'Retry now' }).click()
  await expect(alice.connection).toHaveText('')
})
