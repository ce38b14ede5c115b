import { defineConfigWithVueTs, vueTsConfigs } from '@vue/eslint-config-typescript'
import prettier from 'eslint-config-prettier'
import type { Linter } from 'eslint'
import vue from 'eslint-plugin-vue'

/** Files of a folder may not import from others, directly or by a path that climbs. */
function mayNotImport(folder: string, others: string[], why: string): Linter.Config {
  const group = others.flatMap((other) => [`@/${other}/*`, `@/${other}`, `**/../${other}/*`])
  return {
    files: [`${folder}/**/*.ts`, `${folder}/**/*.vue`],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message: why }] }] },
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
  mayNotImport('src/features', ['app'], 'the app is made of features, and they know nothing of it'),
  mayNotImport('src/api', ['app', 'features', 'ui'], 'what speaks to the server shows nothing'),
  mayNotImport('src/shared', ['app', 'features', 'api', 'ui'], 'everything rests on it'),
  mayNotImport('src/ui', ['app', 'features', 'api'], 'components that could be in any app'),
  {
    files: ['src/**/*.test.ts'],
    // A test that reaches past the end of a list fails, as it should.
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
)
