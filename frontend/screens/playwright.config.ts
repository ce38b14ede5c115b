import base from '../playwright.config'
import { defineConfig } from '@playwright/test'

/** Takes pictures of a local stack instead of judging it: `make screenshots`. */
export default defineConfig(base, {
  testDir: '.',
  outputDir: '../test-results',
  timeout: 180_000,
})
