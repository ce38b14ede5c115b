import type composer from '@/shared/i18n/en/composer'

export default {
  emoji: 'Emoji einfügen',
  emojiSearch: 'Emoji suchen',
  emojiNone: 'Keine Treffer',
  emojiRecent: 'Zuletzt verwendet',
  emojiFound: '{n} Emoji gefunden | {n} Emojis gefunden',
  suggestions: 'Emoji-Vorschläge',
  people: 'Personen zum Erwähnen',
  everybody: 'alle in diesem Raum',
  hint: 'Eingabe sendet, Umschalt+Eingabe beginnt eine neue Zeile. Markdown wird unterstützt.',
  noFiles: 'Dateien können noch nicht gesendet werden. Füge stattdessen einen Link ein.',
  tooMuch: 'Das ist zu lang zum Einfügen: Eine Nachricht hat höchstens {n} Zeichen.',
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
