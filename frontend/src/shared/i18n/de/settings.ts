import type settings from '@/shared/i18n/en/settings'

export default {
  title: 'Einstellungen',
  open: 'Einstellungen',
  theme: {
    title: 'Aussehen',
    system: 'Wie das System',
    light: 'Hell',
    dark: 'Dunkel',
  },
  language: {
    title: 'Sprache',
    system: 'Wie der Browser',
    failed: 'Die Sprache konnte nicht geladen werden. Prüfe deine Verbindung.',
  },
  notifications: {
    title: 'Benachrichtigungen',
    what: 'Eine Benachrichtigung für jede neue Nachricht, während Parley nicht zu sehen ist.',
    denied:
      'Dein Browser erlaubt Parley keine Benachrichtigungen. Erlaube sie in seinen Einstellungen für diese Seite.',
    unsupported: 'Dieser Browser hat keine Benachrichtigungen.',
  },
  secondFactor: {
    title: 'Anmeldung in zwei Schritten',
    what: 'Außer dem Passwort verlangt die Anmeldung einen Code, den eine App auf deinem Telefon zeigt.',
    isOn: 'Die Anmeldung in zwei Schritten ist eingeschaltet.',
    setUp: 'Einrichten',
    turnOff: 'Ausschalten',
    sure: 'Anmeldung in zwei Schritten ausschalten? Wer dein Passwort hat, könnte sich dann als du anmelden.',
    done: 'Ab jetzt geschieht die Anmeldung in zwei Schritten.',
  },
  sessions: {
    title: 'Angemeldet als {name}',
    here: 'Abmelden',
    everywhere: 'Überall abmelden',
    sure: 'Auf allen deinen Geräten abmelden? Geräte, die gerade verbunden sind, bleiben es noch bis zu einer Stunde.',
    failed:
      'Das hat nicht geklappt, du bist noch angemeldet. Prüfe deine Verbindung und versuche es noch einmal.',
  },
  app: {
    title: 'App',
    install: 'Parley auf diesem Gerät installieren',
    what: 'Es hat dann ein eigenes Fenster und ein eigenes Symbol.',
  },
} satisfies typeof settings
