import { ref, watch, type Ref } from 'vue'

/** Which option of a list the arrow keys have chosen, and whether it was closed, until the next letter is typed. */
export function useActiveOption(beforeCaret: Ref<string>, count: () => number) {
  const closed = ref(false)
  const active = ref(0)

  watch(
    beforeCaret,
    () => {
      closed.value = false
      active.value = 0
    },
    { flush: 'sync' },
  )

  function move(by: number): void {
    active.value = (active.value + by + count()) % count()
  }

  function close(): void {
    closed.value = true
  }

  return { closed, active, move, close }
}
