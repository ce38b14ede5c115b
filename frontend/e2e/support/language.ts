import type { Page } from '@playwright/test'
import { expect } from './app'

/** The language changes while the screen stays: it is walked to by the English names of what is on it. */
export async function speak(page: Page, language: 'en' | 'de'): Promise<void> {
  await page.evaluate(async (wanted) => {
    interface Mounted {
      __vue_app__: { config: { globalProperties: { $pinia: { _s: Map<string, Language> } } } }
    }
    interface Language {
      choice: string
      apply: () => Promise<void>
    }
    const mounted = document.querySelector('#app') as unknown as Mounted
    const store = mounted.__vue_app__.config.globalProperties.$pinia._s.get('language')
    if (!store) throw new Error('there is no language')
    store.choice = wanted
    await store.apply()
  }, language)
  await expect(page.locator('html')).toHaveAttribute('lang', language)
}
