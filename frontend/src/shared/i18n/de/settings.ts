import type settings from '@/shared/i18n/en/settings'

export default {
  title: 'Einstellungen',
  open: 'Einstellungen',
  theme: {
    title: 'Darstellung',
    system: 'System',
    light: 'Hell',
    dark: 'Dunkel',
  },
  language: {
    title: 'Sprache',
    system: 'Browsersprache',
    failed: 'Diese Sprache konnte nicht geladen werden. Prüfe deine Verbindung.',
  },
  notifications: {
    title: 'Benachrichtigungen',
    what: 'Desktop-Benachrichtigungen, wenn Parley im Hintergrund ist',
    denied:
      'Benachrichtigungen sind blockiert. Erlaube sie für diese Seite in den Einstellungen deines Browsers.',
    unsupported: 'Dieser Browser unterstützt keine Benachrichtigungen.',
  },
  secondFactor: {
    title: 'Zwei-Faktor-Authentifizierung',
    what: 'Beim Anmelden zusätzlich einen App-Code abfragen.',
    isOn: 'Die Zwei-Faktor-Authentifizierung ist aktiviert.',
    setUp: 'Einrichten',
    turnOff: 'Deaktivieren',
    sure: 'Zwei-Faktor-Authentifizierung deaktivieren? Wer dein Passwort kennt, kann sich dann anmelden.',
  },
  sessions: {
    title: 'Konto',
    here: 'Abmelden',
    everywhere: 'Auf allen Geräten abmelden',
    sure: 'Auf allen Geräten abmelden? Andere Geräte bleiben vielleicht noch bis zu einer Stunde verbunden.',
    failed: 'Du konntest nicht abgemeldet werden. Prüfe deine Verbindung und versuche es erneut.',
  },
  app: {
    title: 'App',
    install: 'App installieren',
    what: 'Parley öffnet sich in einem eigenen Fenster.',
  },
} satisfies typeof settings
