import type { Plugin } from 'vite'

interface Entry {
  unicode: string
  label: string
  tags?: string[]
}

/** Of the dictionaries of emoji only what is used (src/features/messages/composer/emojiWords.ts), which is half of them. */
export function emojiWords(): Plugin {
  return {
    name: 'parley-emoji-words',
    enforce: 'pre',
    transform: {
      filter: { id: /emojibase-data\/[\w-]+\/compact\.json$/ },
      handler(json) {
        const entries = JSON.parse(json) as Entry[]
        return JSON.stringify(entries.map(({ unicode, label, tags }) => ({ unicode, label, tags })))
      },
    },
  }
}
