import { safeStorage } from '@/shared/safeStorage'

const KEY = 'parley.emoji'
const MAX = 16

/** The emoji that were chosen last at this browser, newest first. */
export function recentEmoji(): string[] {
  try {
    const list: unknown = JSON.parse(safeStorage.getItem(KEY) ?? '[]')
    return Array.isArray(list) ? list.filter((each) => typeof each === 'string') : []
  } catch {
    return []
  }
}

export function rememberEmoji(emoji: string): void {
  const list = [emoji, ...recentEmoji().filter((each) => each !== emoji)].slice(0, MAX)
  safeStorage.setItem(KEY, JSON.stringify(list))
}
