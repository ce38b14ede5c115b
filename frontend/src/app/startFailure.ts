import { t } from '@/shared/i18n/i18n'
import { keptInTab } from '@/shared/safeStorage'
import { removeWorker } from './pwa/updates'

const LEFT_KEY = 'parley.left'

/**
 * Another project is served at this address now, and only the service worker kept from an earlier time still shows
 * Parley: it goes, and the page is loaded from the server. Once in a tab, so that nothing can go round in circles.
 */
export async function leaveOnce(reload: () => void = () => location.reload()): Promise<boolean> {
  if (keptInTab.getItem(LEFT_KEY)) return false
  keptInTab.setItem(LEFT_KEY, 'yes')
  const wasThere = await removeWorker().catch(() => false)
  if (wasThere) reload()
  return wasThere
}

/** Shows that the page could not start, with the reason behind "Details". Nothing else of the app is loaded yet. */
export function showFailure(reason: string): void {
  const message = document.createElement('p')
  message.role = 'alert'
  message.textContent = t('problems.start')
  const details = document.createElement('details')
  const summary = document.createElement('summary')
  summary.textContent = t('common.details')
  details.append(summary, reason)
  details.className = 'pt-2 text-sm text-soft'
  const page = document.createElement('main')
  page.className = 'p-6'
  page.append(message, details)
  document.getElementById('app')?.replaceChildren(page)
}
