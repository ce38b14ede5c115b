import type activity from '@/shared/i18n/en/activity'

export default {
  title: 'Aktivität',
  titleUnread: 'Aktivität, {n} ungelesene Erwähnung | Aktivität, {n} ungelesene Erwähnungen',
  none: 'Noch nichts',
  hint: 'Wenn dich jemand erwähnt oder auf deine Nachrichten reagiert, findest du es hier.',
  mentioned: '{name} hat dich in {room} erwähnt',
  reacted: '{name} hat in {room} mit {emoji} reagiert',
  more: 'Mehr anzeigen',
} satisfies typeof activity
