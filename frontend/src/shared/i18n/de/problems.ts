import type problems from '@/shared/i18n/en/problems'

export default {
  forbidden: 'Dazu hast du keine Berechtigung.',
  notFound: 'Diesen Raum gibt es nicht, oder du hast keinen Zugang.',
  tooLarge: 'Diese Nachricht ist zu lang.',
  invalid: 'Der Server hat das nicht angenommen. Prüfe deine Eingabe und versuche es erneut.',
  rateLimited: 'Das ging zu schnell. Versuche es gleich noch einmal.',
  signedOut: 'Deine Sitzung ist abgelaufen. Melde dich wieder an.',
  noAnswer: 'Der Server antwortet nicht. Versuche es erneut.',
  unknown: 'Etwas ist schiefgegangen. Versuche es erneut.',
  start: 'Parley konnte nicht geladen werden. Lade die Seite neu.',
} satisfies typeof problems
