import type common from '@/shared/i18n/en/common'

export default {
  back: 'Zurück',
  cancel: 'Abbrechen',
  close: 'Schließen',
  dismiss: 'Ausblenden',
  loading: 'Wird geladen …',
  tryAgain: 'Noch einmal versuchen',
  copy: 'Kopieren',
  copied: 'Kopiert',
  save: 'Speichern',
  on: 'An',
  off: 'Aus',
} satisfies typeof common
