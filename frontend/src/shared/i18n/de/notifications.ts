import type notifications from '@/shared/i18n/en/notifications'

export default {
  title: '{room} · Parley',
  body: '{name}: {text}',
  offer: 'Über neue Nachrichten benachrichtigen, wenn Parley im Hintergrund ist?',
  turnOn: 'Benachrichtigungen einschalten',
  room: 'Benachrichtigungen',
  level: 'Benachrichtigen über',
  levels: {
    all: 'Alle Nachrichten',
    mentions: 'Nur Erwähnungen',
    nothing: 'Nichts',
  },
  mute: 'Raum stummschalten',
  muteHint: 'Erwähnungen werden weiter gezählt. Gilt auf allen deinen Geräten.',
  mutes: {
    off: 'Nicht stumm',
    hour: 'Für 1 Stunde',
    workday: 'Für 8 Stunden',
    tomorrow: 'Bis morgen früh',
    ever: 'Bis ich es aufhebe',
    set: 'Bis {time}',
  },
} satisfies typeof notifications
