import { onScopeDispose, ref, watch, type Ref } from 'vue'

/** A little longer than the movement takes. */
const ARRIVING_MS = 300
/** More at once are a page that was read, or a reconnect: those stand still. */
const MANY = 3

/** The keys of the messages that have just come in at the end of the list, for as long as they move into place. */
export function useArrivals(keys: () => readonly string[]): Ref<ReadonlySet<string>> {
  const arriving = ref<ReadonlySet<string>>(new Set())
  let timer: ReturnType<typeof setTimeout> | undefined

  watch(keys, (now, before) => {
    const last = before.at(-1)
    const known = last === undefined ? -1 : now.lastIndexOf(last)
    const added = now.slice(known + 1)
    if (known < 0 || added.length === 0 || added.length > MANY) return
    arriving.value = new Set(added)
    clearTimeout(timer)
    timer = setTimeout(() => (arriving.value = new Set()), ARRIVING_MS)
  })
  onScopeDispose(() => clearTimeout(timer))

  return arriving
}
