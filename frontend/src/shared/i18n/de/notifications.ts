import type notifications from '@/shared/i18n/en/notifications'

export default {
  title: '{room} · Parley',
  body: '{name}: {text}',
  offer: 'Soll Parley neue Nachrichten melden, während du woanders bist?',
  turnOn: 'Benachrichtigungen einschalten',
} satisfies typeof notifications
