/** What mentions everybody in a room, as it is written. */
export const EVERYBODY = 'room'

/** A text in parts: what is plain, and what mentions one of these names, as it is written. */
export function splitMentions(
  text: string,
  names: readonly string[],
): { text: string; name?: string }[] {
  if (!names.length || !text.includes('@')) return [{ text }]
  const parts: { text: string; name?: string }[] = []
  let end = 0
  for (const found of text.matchAll(pattern(names))) {
    if (found.index > end) parts.push({ text: text.slice(end, found.index) })
    const written = found[1]?.toLowerCase()
    parts.push({ text: found[0], name: names.find((name) => name.toLowerCase() === written) })
    end = found.index + found[0].length
  }
  if (end < text.length) parts.push({ text: text.slice(end) })
  return parts
}

/** The names that a text mentions, each once. */
export function mentionedIn(text: string, names: readonly string[]): Set<string> {
  return new Set(splitMentions(text, names).flatMap(({ name }) => name ?? []))
}

/** Of names that begin alike the longest is meant; a name ends where a word does. */
function pattern(names: readonly string[]): RegExp {
  const longestFirst = [...names].sort((a, b) => b.length - a.length).map(escaped)
  return new RegExp(`(?<![\\p{L}\\p{N}_@])@(${longestFirst.join('|')})(?![\\p{L}\\p{N}_])`, 'giu')
}

const escaped = (name: string): string => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
