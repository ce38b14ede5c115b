import { defineAsyncComponent, onMounted, onUnmounted, shallowRef, type ShallowRef } from 'vue'

const DELAY_MS = 500

/** The bubble is not part of the first load: nothing needs it before somebody rests on a button. */
export const TooltipBubble = defineAsyncComponent(() => import('./TooltipBubble.vue'))

/**
 * The element with a `data-tip` that the pointer rests on, or that the keyboard has reached. Its text repeats the
 * element's accessible name for those who see, so nobody depends on it.
 */
export function useTooltipTarget(): Readonly<ShallowRef<HTMLElement | undefined>> {
  const target = shallowRef<HTMLElement>()
  let timer: ReturnType<typeof setTimeout> | undefined

  function rest({ type, target: at }: Event): void {
    const element = at instanceof Element ? at.closest<HTMLElement>('[data-tip]') : null
    clearTimeout(timer)
    if (element === target.value) return
    target.value = undefined
    if (!element || (type === 'focusin' && !element.matches(':focus-visible'))) return
    timer = setTimeout(() => (target.value = element.isConnected ? element : undefined), DELAY_MS)
  }

  function hide(event: Event): void {
    if (event instanceof KeyboardEvent && event.key !== 'Escape') return
    clearTimeout(timer)
    target.value = undefined
  }

  const shows = ['pointerover', 'focusin']
  const hides = ['pointerdown', 'focusout', 'keydown', 'scroll', 'pointerleave']
  onMounted(() => {
    shows.forEach((type) => document.addEventListener(type, rest, { passive: true }))
    hides.forEach((type) => document.addEventListener(type, hide, { capture: true, passive: true }))
  })
  onUnmounted(() => {
    clearTimeout(timer)
    shows.forEach((type) => document.removeEventListener(type, rest))
    hides.forEach((type) => document.removeEventListener(type, hide, { capture: true }))
  })
  return target
}
