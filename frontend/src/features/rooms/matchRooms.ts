import type { RoomSummary } from '@/api/types.gen'

/** The rooms whose name has the words that were typed. */
export const matchRooms = (rooms: readonly RoomSummary[], query: string): RoomSummary[] =>
  matchNames(rooms, ({ roomName }) => roomName, query)

/** Those whose name has the words that were typed, in any order; those that begin with them first. */
export function matchNames<Named>(
  all: readonly Named[],
  nameOf: (named: Named) => string,
  query: string,
): Named[] {
  const words = fold(query).split(/\s+/).filter(Boolean)
  const ranked = all.flatMap((each) => {
    const name = fold(nameOf(each))
    if (!words.every((word) => name.includes(word))) return []
    return [{ each, begins: words[0] !== undefined && name.startsWith(words[0]) }]
  })
  return ranked.sort((a, b) => Number(b.begins) - Number(a.begins)).map(({ each }) => each)
}

/** Without case and accents, as people type when they are in a hurry; the same in every language of the browser. */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ı', 'i')
}
