import { createI18n } from 'vue-i18n'
import en from './en'

/** Every message, by domain. Other languages hold the same keys: the compiler and a test see to it. */
export type Messages = typeof en
/** The path of a message, such as `auth.signIn.title`. */
export type MessageKey = Paths<Messages>

type Paths<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${Paths<T[K]>}`
}[keyof T & string]

const messages: Record<string, Messages> = { en }
export const i18n = createI18n({ legacy: false, locale: 'en', fallbackLocale: 'en', messages })

/**
 * The text of a message. With a count, its plural form, where `{n}` is the count; it may have values besides. For stores and composables as well as
 * components: what reads it in a template or a computed value changes with the language. Wrong keys do not compile.
 */
export function t(
  key: MessageKey,
  values?: Record<string, unknown> | number,
  count?: number,
): string {
  if (typeof values === 'number') return i18n.global.t(key, values)
  if (count !== undefined) return i18n.global.t(key, values ?? {}, count)
  return i18n.global.t(key, values ?? {})
}
