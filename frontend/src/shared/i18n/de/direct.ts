import type direct from '@/shared/i18n/en/direct'

export default {
  title: 'Direktnachrichten',
  new: 'Neue Nachricht',
  newHint: 'An Personen, mit denen du einen Raum teilst, bis zu {n} auf einmal.',
  search: 'Personen suchen',
  people: 'Personen',
  chosen: 'An',
  remove: '{name} entfernen',
  noMatch: 'Keine Treffer',
  nobody: 'Du teilst noch mit niemandem einen Raum.',
  open: 'Unterhaltung öffnen',
  opening: 'Wird geöffnet …',
  message: 'Nachricht schreiben',
  note: 'Notiz an dich schreiben',
  hide: 'Unterhaltung ausblenden',
  hideMeaning: 'Mit der nächsten Nachricht erscheint sie wieder. Nichts wird gelöscht.',
  mute: 'Unterhaltung stummschalten',
  empty: 'Sag Hallo. Nur wer zu dieser Unterhaltung gehört, kann sie lesen.',
  beginning: 'Hier beginnt diese Unterhaltung.',
  details: 'Details der Unterhaltung',
  problems: {
    person: 'Du kannst dieser Person nicht schreiben: Ihr teilt keinen Raum.',
    direct:
      'Einer Unterhaltung kann niemand beitreten oder sie verlassen. Du kannst sie ausblenden.',
  },
} satisfies typeof direct
