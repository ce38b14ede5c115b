import type { Config, MockUser } from '@/shared/config/config'

/**
 * The people one can continue as with one click. They are accounts like any other, with real tokens; a stack that has
 * such accounts lists them, and VITE_MOCK_AUTH=true at build time names the usual three.
 */
export function mockUsers(
  config: Config,
  environment: { VITE_MOCK_AUTH?: string; VITE_MOCK_PASSWORD?: string } = import.meta.env,
): MockUser[] {
  if (config.mockUsers) return config.mockUsers
  if (environment.VITE_MOCK_AUTH !== 'true') return []
  const password = environment.VITE_MOCK_PASSWORD ?? 'Parley-local-1'
  return ['alice', 'bob', 'carol'].map((username) => ({ username, password }))
}
