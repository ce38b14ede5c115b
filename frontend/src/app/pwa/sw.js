/*
 * The service worker: keeps the app, so that it opens and works without a network. `SHELL` is put before this text by
 * the build (vite.serviceWorker.ts): a version, which is a hash of what was built; the files that every start needs;
 * and the parts that are loaded when they are used.
 *
 * It touches the app's own files and nothing else. /config.json, the APIs, sign-in and WebSockets go to the network as if it were
 * not there.
 */
/* global SHELL */

const CACHE = `parley-shell-${SHELL.version}`
const INDEX = '/'

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches.open(CACHE).then((cache) =>
      // Past the HTTP cache: a new version must not be put together from an old one's files.
      cache
        .addAll([INDEX, ...SHELL.files].map((path) => new Request(path, { cache: 'reload' })))
        // The other parts, so that offline nothing is missing. One that fails is fetched when it is used.
        .then(() => Promise.allSettled(SHELL.parts.map((path) => cache.add(path)))),
    ),
  )
})

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith('parley-shell-') && name !== CACHE) await caches.delete(name)
      }
      await self.clients.claim()
    })(),
  )
})

self.addEventListener('message', ({ data }) => {
  if (data?.type === 'changeOver') self.skipWaiting()
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (request.mode === 'navigate') event.respondWith(kept(INDEX, request))
  else if (url.pathname.startsWith('/assets/')) event.respondWith(keptFromNowOn(request))
  else if (SHELL.files.includes(url.pathname)) event.respondWith(kept(url.pathname, request))
})

async function kept(path, request) {
  return (await (await caches.open(CACHE)).match(path)) ?? fetch(request)
}

/** Parts that are loaded when they are used. Their names carry a hash of their content, so they never go stale. */
async function keptFromNowOn(request) {
  const cache = await caches.open(CACHE)
  const known = await cache.match(request)
  if (known) return known
  const response = await fetch(request)
  if (response.ok) await cache.put(request, response.clone())
  return response
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(open(event.notification.data?.path ?? '/'))
})

async function open(path) {
  const [page] = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  if (!page) return self.clients.openWindow(path)
  page.postMessage({ open: path })
  return page.focus()
}
