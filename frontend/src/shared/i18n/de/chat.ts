import type chat from '@/shared/i18n/en/chat'

export default {
  composer: {
    label: 'Nachricht an {room}',
    placeholder: 'Nachricht schreiben',
    send: 'Senden',
    bytesLeft: 'Noch {n} Byte | Noch {n} Bytes',
    tooLong: '{n} Byte zu lang | {n} Bytes zu lang',
  },
  welcome: {
    title: 'Willkommen bei Parley',
    choose: 'Wähle einen Raum',
    chooseHint: 'Nimm einen aus der Liste oder suche ihn nach seinem Namen.',
    empty: 'Du bist noch in keinem Raum. Lege einen an oder öffne einen Einladungslink.',
    create: 'Raum anlegen',
  },
  account: { signedInAs: 'Angemeldet als {name}', signOut: 'Abmelden' },
} satisfies typeof chat
