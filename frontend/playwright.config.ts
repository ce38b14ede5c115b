import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

/** The browser of this machine; without one Playwright looks for a download of its own. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
export const chromium =
  process.env.CHROMIUM ?? NAMES.map((name) => `/usr/bin/${name}`).find((path) => existsSync(path))

export default defineConfig({
  testDir: './e2e',
  outputDir: './test-results',
  // Each worker has a stack of its own; where one is given they would share its people.
  workers: process.env.PARLEY_OUTPUTS ? 1 : 2,
  forbidOnly: Boolean(process.env.CI),
  // A machine that is busy with other work takes its time; only a failure waits so long.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  use: {
    // Pictures and copies of the page cost a fifth of a run's time; of a failure the last state is kept anyway.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
    // A test sees every request; those of the service worker have a file of their own.
    serviceWorkers: 'block',
    launchOptions: {
      executablePath: chromium,
      // Chromium refuses to run its sandbox as root, as which containers often run.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
})
