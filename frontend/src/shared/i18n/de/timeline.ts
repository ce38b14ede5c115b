import type timeline from '@/shared/i18n/en/timeline'

export default {
  region: 'Nachrichten',
  list: 'Unterhaltung',
  loadEarlier: 'Frühere Nachrichten laden',
  empty: 'Noch keine Nachrichten',
  emptyHint: 'Sag hallo! Alle im Raum sehen es sofort.',
  new: 'Neue Nachrichten',
  jump: 'Zur neuesten springen',
  jumpNew: '{n} neue Nachricht | {n} neue Nachrichten',
  spokenMany: '{n} neue Nachricht | {n} neue Nachrichten',
  beginning: 'Hier beginnt der Raum.',
  failed: 'Die Nachrichten konnten nicht geladen werden.',
  deleted: 'Diese Nachricht wurde gelöscht.',
  spoken: '{name}: {text}',
  code: 'Code',
  codeIn: 'Code in {language}',
  copyCode: 'Code kopieren',
  outbox: {
    sending: 'wird gesendet …',
    paused: 'viele auf einmal: eine kurze Pause …',
    notSent: 'Nicht gesendet. {reason}',
    tooOld: 'Sie ist zu alt, um noch gesendet zu werden.',
    notKept:
      'Der Speicher dieses Browsers ist voll oder gesperrt. Was noch nicht gesendet ist, geht verloren, wenn du die Seite schließt oder neu lädst.',
    discard: 'Verwerfen',
  },
} satisfies typeof timeline
