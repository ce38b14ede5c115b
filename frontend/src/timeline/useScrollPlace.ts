import { nextTick, onMounted, onUnmounted, watch, type Ref } from 'vue'
import { useEventListener } from '@/ui/useEventListener'

const NEAR_PX = 80

/**
 * Keeps the reader's place: at the end it follows what is new, and when earlier messages are put in above, what was
 * in view stays where it was. `first` and `last` identify the ends of the list. The element turns the browser's own
 * scroll anchoring off (not every browser has it, and two would be one too many).
 */
export function useScrollPlace(
  list: Ref<HTMLElement | undefined>,
  ends: Ref<{ first: unknown; last: unknown }>,
  onTop: () => void,
): void {
  let followsEnd = true

  watch(
    ends,
    async (now, before) => {
      const element = list.value
      const fromEnd = element ? element.scrollHeight - element.scrollTop : 0
      await nextTick()
      if (!list.value) return
      if (followsEnd) toEnd()
      else if (now.first !== before?.first) list.value.scrollTop = list.value.scrollHeight - fromEnd
    },
    { immediate: true, flush: 'pre' },
  )

  function toEnd(): void {
    if (list.value && followsEnd) list.value.scrollTop = list.value.scrollHeight
  }

  useEventListener(
    document,
    'scroll',
    ({ target }) => {
      const element = list.value
      if (!element || target !== element) return
      followsEnd = isAtEnd(element)
      if (element.scrollTop < NEAR_PX && !followsEnd) onTop()
    },
    { capture: true, passive: true }, // scroll events do not bubble
  )
  // The composer grows, a panel opens, a phone's keyboard comes and goes.
  const resizing = new ResizeObserver(toEnd)
  onMounted(() => list.value && resizing.observe(list.value))
  onUnmounted(() => resizing.disconnect())
}

function isAtEnd(element: HTMLElement): boolean {
  return element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX
}
