import type composer from '@/shared/i18n/en/composer'

export default {
  emoji: 'Emoji auswählen',
  emojiSearch: 'Emoji suchen (englische Namen)',
  emojiNone: 'Kein Emoji heißt so.',
  emojiRecent: 'Zuletzt benutzt',
  emojiFound: '{n} Emoji gefunden | {n} Emojis gefunden',
  suggestions: 'Passende Emojis',
  hint: 'Enter sendet, Umschalt+Enter beginnt eine neue Zeile. Markdown wird verstanden.',
  categories: {
    smileys: 'Smileys und Gefühle',
    people: 'Menschen und Körper',
    animals: 'Tiere und Natur',
    food: 'Essen und Trinken',
    travel: 'Reisen und Orte',
    activities: 'Aktivitäten',
    objects: 'Dinge',
    symbols: 'Symbole',
    flags: 'Flaggen',
  },
} satisfies typeof composer
