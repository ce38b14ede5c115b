import type notifications from '@/shared/i18n/en/notifications'

export default {
  title: '{room} · Parley',
  body: '{name}: {text}',
  offer: 'Über neue Nachrichten benachrichtigen, wenn Parley im Hintergrund ist?',
  turnOn: 'Benachrichtigungen einschalten',
} satisfies typeof notifications
