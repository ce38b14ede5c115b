import { fileURLToPath, URL } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { emojiWords } from './vite.emojiWords.ts'
import { preload } from './vite.preload.ts'
import { serviceWorker } from './vite.serviceWorker.ts'

/** Chunks that are split off, and needed at every start: to sign in, and what comes then. */
const ALWAYS = ['cognito', 'pages']

/** The index.ts of a feature only names what others may use: who imports one name loads no other's file. */
const INDEX = { test: /\/src\/features\/.*\/index\.ts$/, sideEffects: false }

/** `npm run dev` takes the configuration from a running stack (`make local`), hot reload from Vite. */
const stack = process.env.PARLEY_SITE_URL ?? 'http://127.0.0.1:8000'

export default defineConfig({
  plugins: [vue(), tailwindcss(), emojiWords(), preload(ALWAYS), serviceWorker(ALWAYS)],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'es2022',
    rolldownOptions: { treeshake: { moduleSideEffects: [INDEX] } },
  },
  define: {
    // No component here, nor in a library that is used, is written with the options API.
    __VUE_OPTIONS_API__: false,
  },
  server: { proxy: { '/config.json': { target: stack, changeOrigin: true } } },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    setupFiles: ['src/testing/setup.ts'],
    restoreMocks: true,
    unstubGlobals: true,
  },
})
