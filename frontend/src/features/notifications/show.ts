export interface News {
  title: string
  body: string
  roomId: string
  sortKey: string
}

/** What the page itself shows, by room. */
const open = new Map<string, { notification: Notification; sortKey: string }>()

/**
 * Shows a desktop notification. One room has one at a time, also over several tabs. The service worker's kind is
 * preferred: phones have no other, and it can open the app again when no tab is left.
 */
export async function show({ title, body, roomId, sortKey }: News): Promise<void> {
  const options: NotificationOptions = {
    body,
    tag: roomId,
    icon: '/icon-192.png',
    data: { path: `/rooms/${encodeURIComponent(roomId)}`, sortKey },
  }
  if (await showByWorker(title, options)) return
  const notification = new Notification(title, options)
  open.set(roomId, { notification, sortKey })
  notification.onclick = () => {
    window.focus()
    notification.close()
    dispatchEvent(new CustomEvent<string>(OPEN_PATH, { detail: String(options.data.path) }))
  }
}

/** Closes what is shown of a message that was deleted. */
export async function closeFor(roomId: string, sortKey: string): Promise<void> {
  const mine = open.get(roomId)
  if (mine?.sortKey === sortKey) {
    mine.notification.close()
    open.delete(roomId)
  }
  try {
    const worker = await navigator.serviceWorker?.getRegistration()
    for (const notification of (await worker?.getNotifications({ tag: roomId })) ?? [])
      if (notification.data?.sortKey === sortKey) notification.close()
  } catch {
    // Where a worker is forbidden, it has shown nothing.
  }
}

/** Whether the service worker could show it: where it is forbidden, asking for it already fails. */
async function showByWorker(title: string, options: NotificationOptions): Promise<boolean> {
  try {
    const worker = await navigator.serviceWorker?.getRegistration()
    if (!worker?.active) return false
    await worker.showNotification(title, options)
    return true
  } catch {
    return false
  }
}

/** Dispatched on the window when somebody clicked a notification; the detail is the path to go to. */
export const OPEN_PATH = 'parley:open'
