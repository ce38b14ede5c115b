import { ref, shallowReactive } from 'vue'
import en from './en'

/** Every message, by domain. Other languages hold the same keys: the compiler and a test see to it. */
export type Messages = typeof en
/** The path of a message, such as `auth.signIn.title`. */
export type MessageKey = Paths<Messages>

type Paths<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${Paths<T[K]>}`
}[keyof T & string]

/** The language that `t` speaks. `useLanguage` changes it, once its messages are there. */
export const locale = ref('en')
const messages = shallowReactive<Record<string, Messages>>({ en })

export function hasMessages(language: string): boolean {
  return language in messages
}

export function addMessages(language: string, texts: Messages): void {
  messages[language] = texts
}

/**
 * The text of a message, with `{name}` replaced by the value of that name. With a count, its plural form, where `{n}` is
 * the count; it may have values besides. Plural forms are divided by " | ": for one, and for any other number. For
 * stores and composables as well as components: what reads it in a template or a computed value changes with the
 * language. Wrong keys do not compile.
 *
 * That is all this app needs of a translation library, which would be an eighth of what it loads at its start.
 */
export function t(
  key: MessageKey,
  values?: Record<string, unknown> | number,
  count?: number,
): string {
  const n = typeof values === 'number' ? values : count
  const all: Record<string, unknown> = {
    ...(typeof values === 'object' ? values : {}),
    ...(n === undefined ? {} : { n }),
  }
  return form(text(key), n).replace(/\{(\w+)\}/g, (_, name: string) => String(all[name] ?? ''))
}

/** What stands before and after a value in a message, for a value that is an element of its own. */
export function around(key: MessageKey, name: string): [before: string, after: string] {
  const [before = '', after = ''] = text(key).split(`{${name}}`)
  return [before, after]
}

function text(key: MessageKey): string {
  let found: unknown = messages[locale.value] ?? en
  for (const part of key.split('.')) found = (found as Record<string, unknown> | undefined)?.[part]
  return typeof found === 'string' ? found : key
}

function form(text: string, n?: number): string {
  if (n === undefined) return text
  const [one = '', other = one] = text.split(' | ')
  return new Intl.PluralRules(locale.value).select(n) === 'one' ? one : other
}
