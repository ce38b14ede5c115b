import { useRouter, type RouteLocationRaw, type Router } from 'vue-router'

/**
 * What a back link does: it takes the browser's own way back when that leads to the same place, so that the back
 * gesture afterwards does not lead into what was just left.
 */
export function useGoBack(): (event: Event, to: RouteLocationRaw) => void {
  const router = useRouter()
  return (event, to) => {
    const before = (history.state as { back?: unknown } | null)?.back
    if (before !== router.resolve(to).fullPath) return
    event.preventDefault()
    backOnce(router)
  }
}

let isLeaving = false

/** One step back, however often it is asked for before the browser has taken it. */
export function backOnce(router: Router): void {
  if (isLeaving) return
  isLeaving = true
  const stopWaiting = router.afterEach(() => {
    isLeaving = false
    stopWaiting()
  })
  router.back()
}
