import type shell from '@/shared/i18n/en/shell'

export default {
  notice: 'Neuigkeiten',
  skip: 'Zur Unterhaltung springen',
  switcher: {
    title: 'Zu einem Raum gehen',
    placeholder: 'Raum nach Namen suchen',
    none: 'Keiner deiner Räume heißt so.',
    open: 'Zu einem Raum gehen ({keys})',
    create: 'Raum anlegen',
  },
  shortcuts: {
    title: 'Tastenkürzel',
    open: 'Tastenkürzel',
    rooms: 'Räume',
    messages: 'Nachrichten',
    switcher: 'Zu einem Raum gehen',
    previous: 'Voriger Raum',
    next: 'Nächster Raum',
    nextUnread: 'Nächster Raum mit Ungelesenem',
    members: 'Mitglieder zeigen oder ausblenden',
    help: 'Diese Liste',
    write: 'Schreiben: einfach lostippen',
    send: 'Senden',
    newLine: 'Neue Zeile',
    emoji: 'Aus passenden Emojis wählen',
    latest: 'Zur neuesten Nachricht springen',
  },
} satisfies typeof shell
