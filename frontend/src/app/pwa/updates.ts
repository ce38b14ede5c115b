/**
 * Registers the service worker that keeps the app's shell, and calls `ready` with a way to change over when a new
 * version has been fetched. Every tab reloads when one of them changes over: two versions never share a shell.
 */
export async function watchForUpdates(
  ready: (changeOver: () => void) => void,
  workers: ServiceWorkerContainer | undefined = navigator.serviceWorker,
  reload: () => void = () => location.reload(),
): Promise<void> {
  if (!workers) return
  const wasControlled = workers.controller !== null
  workers.addEventListener('controllerchange', () => {
    if (wasControlled) reload()
  })
  const registration = await workers.register('/sw.js', { updateViaCache: 'none' })
  const tell = (worker: ServiceWorker) => ready(() => worker.postMessage({ type: 'changeOver' }))
  // Without a controller this is the first visit: there is nothing old to replace.
  if (registration.waiting && workers.controller) tell(registration.waiting)
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && workers.controller) tell(worker)
    })
  })
  checkNowAndThen(registration)
}

const HOUR = 3_600_000

/** A tab that stays open for days asks too: browsers look only when a page is opened. */
function checkNowAndThen(registration: ServiceWorkerRegistration): void {
  let lastCheck = Date.now()
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - lastCheck < HOUR) return
    lastCheck = Date.now()
    void registration.update().catch(() => undefined)
  })
}
