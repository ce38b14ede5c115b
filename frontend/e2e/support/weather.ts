import type { BrowserContext, CDPSession, Page, WebSocketRoute } from '@playwright/test'
import { setTimeout as sleep } from 'node:timers/promises'

/** How likely something happens to one frame. The rest goes through as it came. */
const ROUGH = { lost: 0.06, doubled: 0.06, late: 0.2, cut: 0.02 }
const LATEST_MS = 1_500

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** What lies between a browser and Parley: it loses, doubles, holds back and cuts, until it is told to be calm. */
export class Weather {
  /** What it did, by kind. */
  readonly done = { lost: 0, doubled: 0, late: 0, cut: 0, refused: 0, opened: 0 }
  private rough = false
  private expireNext = false
  private pushesToLose = 0
  private readonly open = new Set<WebSocketRoute>()

  constructor(private readonly random: () => number) {}

  /** Puts it over all connections that this browser opens from now on. */
  async over(context: BrowserContext): Promise<void> {
    await context.routeWebSocket(/^ws/, (page) => {
      const server = page.connectToServer()
      this.open.add(page)
      this.done.opened++
      page.onMessage((frame) => {
        if (!this.refuses(page, frame)) this.pass(page, () => server.send(frame))
      })
      server.onMessage((frame) => {
        if (!this.loses(frame)) this.pass(page, () => page.send(frame))
      })
      page.onClose((code) => this.end(page, server, code))
      server.onClose((code) => this.end(server, page, code))
    })
  }

  storm(): void {
    this.rough = true
  }

  calm(): void {
    this.rough = false
  }

  /** The next send is answered as one whose token has ended. */
  expireToken(): void {
    this.expireNext = true
  }

  /** So many of the next messages are never pushed; nothing else goes wrong. */
  losePushes(count: number): void {
    this.pushesToLose = count
  }

  /** Ends every connection, as a network does that is gone for a moment. */
  cut(): void {
    for (const page of this.open) void page.close({ code: 1001 })
    this.done.cut++
  }

  private end(from: WebSocketRoute, to: WebSocketRoute, code = 1001): void {
    this.open.delete(from)
    this.open.delete(to)
    void to.close({ code: code === 1006 || code === 1005 ? 1001 : code })
  }

  private refuses(page: WebSocketRoute, frame: string | Buffer): boolean {
    const { action, requestId } = JSON.parse(String(frame)) as Record<string, string>
    if (!this.expireNext || action !== 'sendMessage') return false
    this.expireNext = false
    this.done.refused++
    const message = 'the access token has ended; open a new connection'
    page.send(JSON.stringify({ action: 'error', requestId, code: 'tokenExpired', message }))
    return true
  }

  private loses(frame: string | Buffer): boolean {
    const { action } = JSON.parse(String(frame)) as Record<string, string>
    if (this.pushesToLose === 0 || action !== 'message') return false
    this.pushesToLose--
    this.done.lost++
    return true
  }

  private pass(page: WebSocketRoute, deliver: () => void): void {
    if (!this.rough) return deliver()
    let chance = this.random()
    const happens = (kind: keyof typeof ROUGH): boolean => {
      const is = chance >= 0 && chance < ROUGH[kind]
      chance -= ROUGH[kind]
      if (is) this.done[kind]++
      return is
    }
    if (happens('lost')) return
    if (happens('doubled')) deliver()
    if (happens('late')) return void sleep(this.random() * LATEST_MS).then(deliver)
    if (happens('cut')) return void page.close({ code: 1001 })
    deliver()
  }
}

/** Chromium's own levers on one page. */
export class Browser {
  private constructor(private readonly devtools: CDPSession) {}

  static async of(page: Page): Promise<Browser> {
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Network.enable')
    return new Browser(devtools)
  }

  /** A network of half a second and 50 KB/s, as at the edge of a cell. */
  async slow(): Promise<void> {
    await this.network({ latency: 500, downloadThroughput: 50_000, uploadThroughput: 50_000 })
  }

  async fast(): Promise<void> {
    await this.network({ latency: 0, downloadThroughput: -1, uploadThroughput: -1 })
  }

  /** A tab in the background that the browser has put to sleep: no timer, no frame, until it is looked at again. */
  async asleep(ms: number): Promise<void> {
    await this.devtools.send('Page.setWebLifecycleState', { state: 'frozen' })
    await sleep(ms)
    await this.devtools.send('Page.setWebLifecycleState', { state: 'active' })
  }

  private async network(to: {
    latency: number
    downloadThroughput: number
    uploadThroughput: number
  }): Promise<void> {
    await this.devtools.send('Network.emulateNetworkConditions', { offline: false, ...to })
  }
}
