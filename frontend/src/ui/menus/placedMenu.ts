import { defineAsyncComponent, ref, shallowRef, type Component } from 'vue'

export interface MenuAction {
  name: string
  label: string
  icon: Component
  run: () => void
  /** Not among the few of a bar. */
  isMenuOnly?: boolean
  /** Cannot be taken back. */
  isDanger?: boolean
}

/** Fetched with the first menu that is asked for. */
const load = () => import('./PlacedMenu.vue')
export const PlacedMenu = defineAsyncComponent(load)

/** The state of a menu that is opened at a place. */
export function usePlacedMenu() {
  const isOpen = ref(false)
  const wasOpened = ref(false)
  const at = ref({ x: 0, y: 0 })
  const returnTo = shallowRef<HTMLElement>()

  function open(opener: HTMLElement, place: { x: number; y: number }): void {
    returnTo.value = opener
    at.value = place
    wasOpened.value = true
    isOpen.value = true
  }

  return {
    isOpen,
    wasOpened,
    at,
    returnTo,
    open,
    preload: () => void load().catch(() => undefined),
  }
}

/** Where a menu belongs that was asked for on an element: at the pointer, or, by the menu key, on the element. */
export function placeOf(event: MouseEvent, element: HTMLElement): { x: number; y: number } {
  if (event.clientX !== 0 || event.clientY !== 0) return { x: event.clientX, y: event.clientY }
  const box = element.getBoundingClientRect()
  return { x: box.left + 48, y: box.top + 16 }
}
