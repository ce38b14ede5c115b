import { ref, type Ref } from 'vue'
import { useEventListener } from '@/ui/useEventListener'

/**
 * The rows that the list must keep while text in them is selected: it reuses the elements of rows that leave the view,
 * and the selection would then be of other text.
 */
export function useKeptRows(
  scroller: Ref<HTMLElement | undefined>,
  indexOf: (key: string) => number,
): Ref<number[]> {
  const kept = ref<number[]>([])

  useEventListener(document, 'selectionchange', () => {
    const selection = getSelection()
    const ends = [selection?.anchorNode, selection?.focusNode].map(rowOf)
    if (!selection || selection.isCollapsed || ends.includes(-1)) {
      if (kept.value.length) kept.value = []
      return
    }
    const first = Math.min(...ends)
    kept.value = Array.from({ length: Math.max(...ends) - first + 1 }, (_, at) => first + at)
  })

  function rowOf(node: Node | null | undefined): number {
    if (!node || !scroller.value?.contains(node)) return -1
    const element = node instanceof Element ? node : node.parentElement
    return indexOf(element?.closest<HTMLElement>('[data-key]')?.dataset.key ?? '')
  }

  return kept
}
