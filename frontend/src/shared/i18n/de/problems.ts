import type problems from '@/shared/i18n/en/problems'

export default {
  forbidden: 'Das ist dir nicht erlaubt.',
  notFound: 'Diesen Raum gibt es nicht, oder du bist kein Mitglied.',
  tooLarge: 'Die Nachricht ist zu lang.',
  rateLimited: 'Das ging zu schnell. Bitte versuche es gleich noch einmal.',
  signedOut: 'Deine Anmeldung ist abgelaufen. Bitte melde dich wieder an.',
  noAnswer: 'Der Server hat nicht geantwortet. Bitte versuche es noch einmal.',
  unknown: 'Etwas ist schiefgegangen. Bitte versuche es noch einmal.',
  start: 'Parley konnte nicht starten.',
} satisfies typeof problems
