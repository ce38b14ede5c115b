import type pwa from '@/shared/i18n/en/pwa'

export default {
  update: 'Eine neue Version von Parley ist bereit.',
  reload: 'Neu laden',
} satisfies typeof pwa
