import type pwa from '@/shared/i18n/en/pwa'

export default {
  update: 'Eine neue Version von Parley ist bereit.',
  replaced: 'Parley wurde aktualisiert. Lade die Seite neu, um weiterzumachen.',
  reload: 'Neu laden',
} satisfies typeof pwa
