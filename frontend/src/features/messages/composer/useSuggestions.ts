import { ref, watch, type Ref } from 'vue'
import type { Emoji } from './emoji'
import { startedShortcode } from './shortcodes'

const SHOWN = 6

/** The emoji that match the shortcode one is typing, and which of them is chosen by the arrow keys. */
export function useSuggestions(beforeCaret: Ref<string>) {
  const found = ref<Emoji[]>([])
  const active = ref(0)

  watch(beforeCaret, async (text) => {
    const query = startedShortcode(text)
    if (query === undefined) return close()
    const { search } = await import('./emoji')
    if (text !== beforeCaret.value) return
    found.value = search(query, SHOWN)
    active.value = 0
  })

  function move(by: number): void {
    active.value = (active.value + by + found.value.length) % found.value.length
  }

  function close(): void {
    found.value = []
  }

  return { found, active, move, close }
}
