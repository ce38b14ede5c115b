import { t } from './i18n/i18n'

const isApple = /Mac|iPhone|iPad/.test(navigator.platform)

/** The key that commands begin with on this device. */
export const MODIFIER = isApple ? '⌘' : 'Ctrl'

/** Keys that are pressed together, as they are written on them in the language of the app. */
export function keysInWords(key: string): string {
  return `${isApple ? MODIFIER : t('shell.keys.ctrl')}+${key}`
}
