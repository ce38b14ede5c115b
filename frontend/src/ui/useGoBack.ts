import { useRouter, type RouteLocationRaw } from 'vue-router'

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
    router.back()
  }
}
