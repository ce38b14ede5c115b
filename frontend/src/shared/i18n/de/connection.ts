import type connection from '@/shared/i18n/en/connection'

export default {
  offline: 'Du bist offline. Nachrichten werden gesendet, sobald du wieder verbunden bist.',
  reconnecting: 'Verbindung wird wiederhergestellt …',
  retryNow: 'Jetzt versuchen',
  needsNetwork: 'Du bist offline. Das geht erst wieder mit Verbindung.',
} satisfies typeof connection
