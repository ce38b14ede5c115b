import { computed, type Ref } from 'vue'
import { useActiveOption } from '../useActiveOption'

const SHOWN = 6

/** Somebody who can be mentioned: a member, or everybody (no `userId`). */
export interface Mentionable {
  userId?: string
  username: string
}

/** The beginning of a name after an @ that is being typed; undefined where none is. */
export function startedMention(beforeCaret: string): string | undefined {
  return /(?:^|[\s([{«„“"'])@([\p{L}\p{N}._+-]*)$/u.exec(beforeCaret)?.[1]
}

/** The people whose names match the mention one is typing, and which of them is chosen by the arrow keys. */
export function useMentions(beforeCaret: Ref<string>, people: () => readonly Mentionable[]) {
  const { closed, active, move, close } = useActiveOption(beforeCaret, () => found.value.length)

  const found = computed(() => {
    const query = closed.value ? undefined : startedMention(beforeCaret.value)?.toLowerCase()
    if (query === undefined) return []
    const matching = people().filter(({ username }) => username.toLowerCase().includes(query))
    return matching.sort((a, b) => rank(a, query) - rank(b, query)).slice(0, SHOWN)
  })

  return { found, active, move, close }
}

/** Names that begin with what is typed come first; everybody comes last. */
function rank({ userId, username }: Mentionable, query: string): number {
  if (userId === undefined) return 2
  return username.toLowerCase().startsWith(query) ? 0 : 1
}
