import { startStack } from './stack'

/** Runs before all tests; what it returns runs after them. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const stack = await startStack()
  process.env.PARLEY_SITE_URL = stack.siteUrl
  return stack.stop
}
