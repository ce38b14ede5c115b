import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import { safeStorage } from '@/shared/safeStorage'
import { addMessages, hasMessages, locale, type Messages } from './i18n'

/** The languages there are, by the names that their speakers know. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const
export type Language = keyof typeof LANGUAGES
/** What a person may choose; `system` follows the browser. */
export type LanguageChoice = Language | 'system'

const KEY = 'parley.language'
const LATER: Record<Exclude<Language, 'en'>, () => Promise<{ default: Messages }>> = {
  de: () => import('./de'),
}

/** Which language the app speaks. English is part of the app; the others are loaded when somebody wants them. */
export const useLanguage = defineStore('language', () => {
  const choice = ref<LanguageChoice>(stored())
  const language = ref<Language>('en')
  const wanted = computed(() => (choice.value === 'system' ? preferred() : choice.value))

  /** Speaks the chosen language from now on. Rejects if its texts cannot be loaded. */
  async function apply(): Promise<void> {
    const next = wanted.value
    if (next !== 'en' && !hasMessages(next)) addMessages(next, (await LATER[next]()).default)
    if (next !== wanted.value) return // chosen anew meanwhile
    language.value = next
    locale.value = next
    document.documentElement.lang = next
  }

  watch(choice, (now) => {
    if (now === 'system') safeStorage.removeItem(KEY)
    else safeStorage.setItem(KEY, now)
  })

  return { choice, language, apply }
})

/** For dates and numbers: the browser's region where it speaks the app's language ("en-GB"), else the language. */
export function formattingLocale(): string {
  const language = locale.value
  return navigator.languages.find((tag) => primary(tag) === language) ?? language
}

function stored(): LanguageChoice {
  const value = safeStorage.getItem(KEY)
  return value !== null && value in LANGUAGES ? (value as Language) : 'system'
}

function preferred(languages: readonly string[] = navigator.languages): Language {
  return (languages.map(primary).find((tag) => tag in LANGUAGES) as Language | undefined) ?? 'en'
}

function primary(tag: string): string {
  return tag.split('-')[0]?.toLowerCase() ?? ''
}
