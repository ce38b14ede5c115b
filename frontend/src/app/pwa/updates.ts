/**
 * Registers the service worker that keeps the app, and calls `ready` with a way to change over when a new version has
 * been fetched. Every tab reloads when one of them changes over: two versions never share a shell.
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
  const tell = (worker: ServiceWorker) => ready(() => changeOver(worker))
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

/**
 * Calls `lost` when a part of the app could not be loaded: a new release has taken its place on the server, or there is
 * no network. https://vite.dev/guide/build.html#load-error-handling
 */
export function watchForLostParts(lost: () => void): void {
  addEventListener('vite:preloadError', lost)
}

/**
 * Loads the page as the server has it now. The service worker would show the old version again: the new one takes its
 * place first, or, where none is to be had, it goes.
 */
export async function reloadAfresh(
  workers: ServiceWorkerContainer | undefined = navigator.serviceWorker,
  reload: () => void = () => location.reload(),
): Promise<void> {
  try {
    const registration = await workers?.getRegistration()
    await registration?.update()
    const fetched = registration?.waiting ?? (await installed(registration?.installing))
    if (fetched) {
      changeOver(fetched) // the page reloads when it has taken over
      return
    }
    await registration?.unregister()
  } catch {
    // Without a network the page comes as it was.
  }
  reload()
}

/** The app's worker and all that it kept go: what answers at this address now is something else. */
export async function removeWorker(
  workers: ServiceWorkerContainer | undefined = navigator.serviceWorker,
): Promise<boolean> {
  const registrations = (await workers?.getRegistrations()) ?? []
  const removed = await Promise.all(registrations.map((each) => each.unregister()))
  for (const name of await caches.keys()) {
    if (name.startsWith('parley-shell-')) await caches.delete(name)
  }
  return removed.includes(true)
}

function changeOver(worker: ServiceWorker): void {
  worker.postMessage({ type: 'changeOver' })
}

function installed(worker: ServiceWorker | null | undefined): Promise<ServiceWorker | undefined> {
  return new Promise((resolve) => {
    if (!worker) return resolve(undefined)
    worker.addEventListener('statechange', () => {
      if (worker.state === 'installed') resolve(worker)
      if (worker.state === 'redundant') resolve(undefined)
    })
  })
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
