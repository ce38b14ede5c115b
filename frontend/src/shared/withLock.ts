/** Does the work while no other tab does work of that name. Without the Web Locks API it is simply done. */
export async function withLock(name: string, work: () => Promise<void>): Promise<void> {
  if (navigator.locks) await navigator.locks.request(name, work)
  else await work()
}
