import type pwa from '../en/pwa'

export default {
  update: 'Eine neue Version von Parley ist bereit.',
  reload: 'Neu laden',
} satisfies typeof pwa
