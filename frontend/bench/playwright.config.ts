import { defineConfig } from '@playwright/test'
import base from '../playwright.config'

/** Measures the built app on a local stack: `make bench-app`. */
export default defineConfig(base, {
  testDir: '.',
  testMatch: '*.bench.ts',
  outputDir: '../test-results',
  workers: 1,
  timeout: 240_000,
  reporter: [['./reporter.ts']],
  use: { trace: 'off' },
})
