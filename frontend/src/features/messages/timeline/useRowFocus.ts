import { nextTick, type Ref } from 'vue'
import { isComposing } from '@/ui/isComposing'
import type { VirtualList } from './useScrollPlace'

interface Options {
  scroller: Ref<HTMLElement | undefined>
  list: Ref<VirtualList | undefined>
  count: () => number
  indexOf: (key: string) => number
  /** The row from which the arrow keys start. */
  lastInView: Ref<number>
}

/** The arrow keys lead through the messages, Home and End to the first and the last that are there. */
export function useRowFocus({ scroller, list, count, indexOf, lastInView }: Options) {
  function onKey(event: KeyboardEvent): void {
    if (isComposing(event) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey)
      return
    const { target } = event
    const article = target instanceof HTMLElement ? target : undefined
    if (!article) return
    if (!article.matches('article[data-message]') && article !== scroller.value) return
    const at = indexOf(article.dataset.message ?? '')
    const to = destination(event.key, at)
    if (to === undefined || to < 0 || to >= count()) return
    event.preventDefault()
    void focusRow(to)
  }

  function destination(key: string, at: number): number | undefined {
    if (key === 'ArrowUp') return at < 0 ? lastInView.value : at - 1
    if (key === 'ArrowDown') return at < 0 ? undefined : at + 1
    if (at < 0) return undefined
    if (key === 'Home') return 0
    return key === 'End' ? count() - 1 : undefined
  }

  async function focusRow(index: number): Promise<void> {
    list.value?.scrollToIndex(index, { align: 'nearest' })
    // A row that was far away is put into the page by the scrolling.
    for (let frames = 0; frames < 10; frames++) {
      await nextTick()
      const row = scroller.value?.querySelector<HTMLElement>(`[data-index="${index}"] article`)
      if (row) return row.focus({ preventScroll: true })
      await new Promise(requestAnimationFrame)
    }
  }

  return { onKey }
}
