import type connection from '../en/connection'

export default {
  offline: 'Offline. Nachrichten werden gesendet, sobald du wieder verbunden bist.',
  reconnecting: 'Verbindung wird wiederhergestellt …',
  retryNow: 'Jetzt versuchen',
} satisfies typeof connection
