import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

/** The browser of this machine; without one Playwright looks for a download of its own. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
export const chromium =
  process.env.CHROMIUM ?? NAMES.map((name) => `/usr/bin/${name}`).find((path) => existsSync(path))

export default defineConfig({
  testDir: './e2e',
  outputDir: './test-results',
  globalSetup: './e2e/globalSetup.ts',
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    trace: 'retain-on-failure',
    // A test sees every request; those of the service worker have a file of their own.
    serviceWorkers: 'block',
    launchOptions: {
      executablePath: chromium,
      // Chromium refuses to run its sandbox as root, as which containers often run.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
})
