import { defineConfigWithVueTs, vueTsConfigs } from '@vue/eslint-config-typescript'
import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'

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
  {
    files: ['src/**/*.test.ts'],
    // A test that reaches past the end of a list fails, as it should.
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
)
