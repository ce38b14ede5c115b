import { computed, shallowRef, watch, type Ref } from 'vue'
import type { Emoji } from './emoji'
import { startedShortcode } from './shortcodes'
import { useActiveOption } from './useActiveOption'

const SHOWN = 6

/**
 * The emoji that match the shortcode one is typing, and which of them is chosen by the arrow keys.
 *
 * Once the list of emoji is loaded, what is found belongs to the text at any moment: a key that follows the last
 * letter at once chooses what that letter made the first.
 */
export function useSuggestions(beforeCaret: Ref<string>) {
  const search = shallowRef<(query: string, limit: number) => Emoji[]>()
  const { closed, active, move, close } = useActiveOption(beforeCaret, () => found.value.length)

  const found = computed(() => {
    const query = closed.value ? undefined : startedShortcode(beforeCaret.value)
    return query === undefined || !search.value ? [] : search.value(query, SHOWN)
  })

  watch(
    beforeCaret,
    async (text) => {
      if (!search.value && startedShortcode(text) !== undefined)
        search.value = (await import('./emoji')).search
    },
    { flush: 'sync' },
  )

  return { found, active, move, close }
}
