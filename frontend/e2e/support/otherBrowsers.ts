import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { Builder, By, Capabilities, Key, until, type WebDriver } from 'selenium-webdriver'
import { end } from './stack'

/** The machine is shared with other tests. */
const WAIT_MS = 60_000

export const FIREFOX = found('FIREFOX', ['/usr/bin/firefox-esr', '/usr/bin/firefox'])
export const WEBKIT = found('WEBKIT', [
  '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
  '/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
])

export type Key = 'Enter' | 'Escape' | 'Tab'

/** What the tests of other browsers do in one page. Elements are named by XPath, which every driver understands. */
export interface Tab {
  open: (url: string) => Promise<void>
  reload: () => Promise<void>
  /** Clicks an element as soon as it can be seen. */
  click: (xpath: string) => Promise<void>
  /** Waits until an element can be seen. */
  sees: (xpath: string) => Promise<void>
  /** Types at the caret. */
  type: (text: string) => Promise<void>
  press: (key: Key) => Promise<void>
  /** The value of a JavaScript expression in the page. */
  value: <T>(expression: string) => Promise<T>
  /** Makes the window as narrow as a phone, or as near to it as this browser's windows go. */
  narrow: () => Promise<void>
  close: () => Promise<void>
}

/** Firefox, by WebDriver BiDi, which it speaks without a driver. */
export async function firefox(): Promise<Tab> {
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath: FIREFOX })
  try {
    const page = await browser.newPage()
    await page.setViewport({ width: 1440, height: 900 })
    page.setDefaultTimeout(WAIT_MS)
    return firefoxTab(browser, page)
  } catch (error) {
    await browser.close()
    throw error
  }
}

function firefoxTab(browser: Browser, page: Page): Tab {
  const shown = async (xpath: string) => {
    const element = await page.waitForSelector(`::-p-xpath(${xpath})`, { visible: true })
    if (!element) throw new Error(`nothing is ${xpath}`)
    return element
  }
  return {
    open: async (url) => void (await page.goto(url)),
    reload: async () => void (await page.reload()),
    click: async (xpath) => (await shown(xpath)).click(),
    sees: async (xpath) => void (await shown(xpath)),
    type: (text) => page.keyboard.type(text),
    press: (key) => page.keyboard.press(key),
    value: async <T>(expression: string) => (await page.evaluate(expression)) as T,
    narrow: () => page.setViewport({ width: 360, height: 740 }),
    close: () => browser.close(),
  }
}

/** WebKit, by WebKitGTK's driver, on a screen of its own. */
export async function webkit(): Promise<Tab> {
  const display = await startDisplay()
  const port = await freePort()
  const service = spawn('WebKitWebDriver', [`--port=${port}`], {
    env: { ...process.env, DISPLAY: display.name },
    stdio: 'ignore',
  })
  const endAll = async () => {
    await end(service)
    await end(display.process)
  }
  try {
    const options = { binary: WEBKIT, args: ['--automation'] }
    const wanted = new Capabilities({
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': options,
    })
    const driver = await untilAnswered(() =>
      new Builder().usingServer(`http://127.0.0.1:${port}`).withCapabilities(wanted).build(),
    )
    await driver.manage().window().setRect({ x: 0, y: 0, width: 1440, height: 900 })
    return webkitTab(driver, endAll)
  } catch (error) {
    await endAll()
    throw error
  }
}

function webkitTab(driver: WebDriver, endAll: () => Promise<void>): Tab {
  const shown = async (xpath: string) => {
    const element = await driver.wait(until.elementLocated(By.xpath(xpath)), WAIT_MS, xpath)
    return driver.wait(until.elementIsVisible(element), WAIT_MS, xpath)
  }
  /** Vue may have put a new element in the place of the one that was found. */
  const shownNow = async (xpath: string) => {
    for (;;) {
      try {
        return await shown(xpath)
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'StaleElementReferenceError') throw error
      }
    }
  }
  const keys: Record<Key, string> = { Enter: Key.ENTER, Escape: Key.ESCAPE, Tab: Key.TAB }
  const type = async (text: string) => driver.actions().sendKeys(text).perform()
  return {
    open: (url) => driver.get(url),
    reload: () => driver.navigate().refresh(),
    click: async (xpath) => (await shownNow(xpath)).click(),
    sees: async (xpath) => void (await shownNow(xpath)),
    type,
    press: (key) => type(keys[key]),
    value: <T>(expression: string) => driver.executeScript<T>(`return ${expression}`),
    narrow: async () => {
      await driver.manage().window().setRect({ x: 0, y: 0, width: 360, height: 740 })
    },
    close: async () => {
      await driver.quit()
      await endAll()
    },
  }
}

/** A screen that nobody sees; the browser of WebKitGTK has no other way to run without one. */
async function startDisplay(): Promise<{ name: string; process: ChildProcess }> {
  const process = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1600x1200x24'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const name = await new Promise<string>((resolve, reject) => {
    process.once('error', reject)
    process.once('exit', () => reject(new Error('Xvfb ended before it had a display')))
    process.stdout?.once('data', (data: Buffer) => resolve(`:${data.toString().trim()}`))
  })
  return { name, process }
}

async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (const deadline = Date.now() + WAIT_MS; ; await sleep(200)) {
    try {
      return await ask()
    } catch (error) {
      if (Date.now() > deadline) throw error
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

function found(variable: string, paths: string[]): string | undefined {
  return process.env[variable] ?? paths.find((path) => existsSync(path))
}
