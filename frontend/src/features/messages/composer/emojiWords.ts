import type { Language } from '@/shared/i18n/useLanguage'

/** What an emoji is called in a language other than English, and what else one would look for it by. */
export interface Words {
  label: string
  tags: string[]
}
export type Dictionary = ReadonlyMap<string, Words>

interface Entry {
  unicode: string
  label: string
  tags?: string[]
}

const DICTIONARIES: Record<Exclude<Language, 'en'>, () => Promise<{ default: Entry[] }>> = {
  de: () => import('emojibase-data/de/compact.json'),
}

/** Fetched with the picker, by those who speak the language. */
export async function dictionaryOf(language: Language): Promise<Dictionary | undefined> {
  if (language === 'en') return undefined
  const { default: entries } = await DICTIONARIES[language]()
  return new Map(
    entries.map(({ unicode, label, tags = [] }) => [plain(unicode), { label, tags }] as const),
  )
}

export function wordsFor(emoji: string, dictionary: Dictionary | undefined): Words | undefined {
  return dictionary?.get(plain(emoji))
}

/** Sources differ in whether they ask for colour (U+FE0F) where it goes without saying. */
function plain(emoji: string): string {
  return emoji.replaceAll('\uFE0F', '')
}
