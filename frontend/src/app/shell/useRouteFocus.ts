import { nextTick, watch } from 'vue'
import { useRoute } from 'vue-router'

const SETTLE_MS = 60

/**
 * When what had the focus is gone after a change of place, the heading of the new place gets it: a screen reader then
 * says where one is, and Tab goes on from there.
 */
export function useRouteFocus(): void {
  const route = useRoute()
  watch(
    () => route.fullPath,
    async () => {
      await nextTick()
      setTimeout(() => {
        if (document.activeElement !== document.body) return
        const headings = [...document.querySelectorAll<HTMLElement>('[data-heading]')]
        headings
          .findLast((heading) => heading.checkVisibility({ visibilityProperty: true }))
          ?.focus()
      }, SETTLE_MS)
    },
  )
}
