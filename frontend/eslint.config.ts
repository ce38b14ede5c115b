import { defineConfigWithVueTs, vueTsConfigs } from '@vue/eslint-config-typescript'
import prettier from 'eslint-config-prettier'
import type { Linter } from 'eslint'
import vue from 'eslint-plugin-vue'
import { readdirSync } from 'node:fs'

/** What a feature's index.ts does not name is its own. Code that is loaded later, by `import()`, is named by its file. */
const PRIVATE = {
  regex: '^@/features/(messages/[^/]+|(?!messages/)[^/]+)/.',
  message: 'import from the index.ts of the feature',
}
/** Pages belong to the app's routes and layout, so it takes them by their files. */
const PRIVATE_BUT_PAGES = { ...PRIVATE, regex: `${PRIVATE.regex}(?!.*\\.vue$)` }

/** Each may use those before it, so that there are no cycles. */
const FEATURES = [
  'auth',
  'rooms',
  'messages/markdown',
  'messages/history',
  'messages/outbox',
  'messages/changes',
  'messages/quotes',
  'messages/composer',
  'typing',
  'reading',
  'activity',
  'roomList',
  'joining',
  'messages/actions',
  'messages/timeline',
  'messages/pins',
  'notifications',
  'members',
  'direct',
  'settings',
]

const folders = readdirSync(new URL('src/features', import.meta.url), { recursive: true }).map(
  String,
)
const unlisted = folders
  .filter((name) => name.endsWith('index.ts'))
  .map((name) => name.slice(0, -'/index.ts'.length))
  .filter((feature) => !FEATURES.includes(feature))
if (unlisted.length) throw new Error(`name its place among FEATURES: ${unlisted.join(', ')}`)

/** Files of a folder may not import from others, directly or by a path that climbs. */
function mayNotImport(folder: string, others: string[], why: string): Linter.Config {
  const group = others.flatMap((other) => [`@/${other}/*`, `@/${other}`, `**/../${other}/*`])
  return {
    files: [`${folder}/**/*.ts`, `${folder}/**/*.vue`],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message: why }, PRIVATE] }] },
  }
}

export default defineConfigWithVueTs(
  { ignores: ['dist', 'test-results', 'playwright-report', 'src/api/types.gen.ts'] },
  vue.configs['flat/recommended'],
  vueTsConfigs.strict,
  prettier,
  {
    rules: {
      // Whatever people write is shown as text: markup never comes from a string.
      'vue/no-v-html': 'error',
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/require-default-prop': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  // Imports go down: app → features → api → shared, and ui knows nothing of chat.
  ...FEATURES.map((feature, index) =>
    mayNotImport(
      `src/features/${feature}`,
      ['app', ...FEATURES.slice(index + 1).map((later) => `features/${later}`)],
      'the app is made of features, and they know nothing of it nor of those that rest on them',
    ),
  ),
  mayNotImport('src/api', ['app', 'features', 'ui'], 'what speaks to the server shows nothing'),
  mayNotImport('src/shared', ['app', 'features', 'api', 'ui'], 'everything rests on it'),
  mayNotImport('src/ui', ['app', 'features', 'api'], 'components that could be in any app'),
  {
    files: ['src/app/**/*.ts', 'src/app/**/*.vue', 'src/testing/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [PRIVATE_BUT_PAGES] }] },
  },
  {
    files: ['src/**/*.test.ts'],
    // A test that reaches past the end of a list fails, as it should.
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
)
