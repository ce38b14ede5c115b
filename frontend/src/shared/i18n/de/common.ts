import type common from '@/shared/i18n/en/common'

export default {
  back: 'Zurück',
  cancel: 'Abbrechen',
  close: 'Schließen',
  dismiss: 'Ausblenden',
  loading: 'Wird geladen …',
  slow: 'Das dauert länger als sonst.',
  tryAgain: 'Erneut versuchen',
  copied: 'Kopiert',
  share: 'Teilen',
  details: 'Details',
} satisfies typeof common
