import type connection from '@/shared/i18n/en/connection'

export default {
  offline: 'Offline. Nachrichten werden gesendet, sobald du wieder verbunden bist.',
  reconnecting: 'Verbindung wird wiederhergestellt …',
  retryNow: 'Jetzt versuchen',
} satisfies typeof connection
