import type chat from '@/shared/i18n/en/chat'

export default {
  typing: {
    one: '{name} schreibt …',
    two: '{name} und {other} schreiben …',
    many: 'Mehrere Personen schreiben …',
  },
  composer: {
    label: 'Nachricht an {room}',
    placeholder: 'Nachricht an {room}',
    send: 'Senden',
    charactersLeft: 'Noch {n} Zeichen | Noch {n} Zeichen',
    tooLong: '{n} Zeichen zu viel | {n} Zeichen zu viel',
  },
  welcome: {
    title: 'Willkommen bei Parley',
    choose: 'Wähle einen Raum',
    chooseHint: 'Wähle links einen Raum oder drücke {keys}.',
    empty: 'Erstelle einen Raum für dein Team oder tritt mit einem Einladungslink bei.',
    create: 'Raum erstellen',
    link: 'Einladungslink einfügen',
    join: 'Öffnen',
    notALink: 'Das ist kein Einladungslink dieses Parley.',
  },
  account: {
    signedInAs: 'Angemeldet als {name}',
    menu: 'Konto von {name}',
    signOut: 'Abmelden',
    signOutTitle: 'Abmelden?',
    signOutText: 'Noch nicht gesendete Nachrichten gehen verloren.',
    signOutPlain: 'Du kannst dich jederzeit wieder anmelden.',
  },
} satisfies typeof chat
