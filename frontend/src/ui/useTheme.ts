import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import { safeStorage } from '@/shared/safeStorage'

/** `system` follows the operating system, also when it changes at dusk. */
export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const KEY = 'parley.theme'

/** Light or dark, by the person's choice. Kept in this browser; other tabs follow. */
export const useTheme = defineStore('theme', () => {
  const theme = ref<Theme>(stored())

  watch(theme, show, { immediate: true })
  watch(theme, (now) => {
    if (now === 'system') safeStorage.removeItem(KEY)
    else safeStorage.setItem(KEY, now)
  })
  addEventListener('storage', ({ key }) => {
    if (key === KEY) theme.value = stored()
  })

  return { theme }
})

function stored(): Theme {
  const value = safeStorage.getItem(KEY)
  return THEMES.find((theme) => theme === value) ?? 'system'
}

/** The style sheet does the rest; the colour of the browser's own bars is told apart, as it knows no variables. */
function show(theme: Theme): void {
  const root = document.documentElement
  if (theme === 'system') delete root.dataset.theme
  else root.dataset.theme = theme
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    const scheme = theme === 'system' ? (meta.dataset.scheme ?? 'light') : theme
    meta.content = scheme === 'dark' ? '#1b1e25' : '#f6f7f9'
  }
}
