const COLOURS = 10
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** One of the avatar colours, the same for the same id at every visit and on every device. */
export function avatarColour(id: string): string {
  let hash = 2_166_136_261 // FNV-1a
  for (const char of id) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16_777_619)
  return `var(--color-avatar-${((hash >>> 0) % COLOURS) + 1})`
}

/** The first letters of the first two words, or of the one: `Ada Lovelace` and `ada.lovelace` are AL. */
export function initials(name: string): string {
  const words = name.split(/[\s._-]+/u).filter((word) => /[\p{L}\p{N}\p{Emoji}]/u.test(word))
  return (words.length ? words : [name])
    .slice(0, 2)
    .map((word) => graphemes.segment(word)[Symbol.iterator]().next().value?.segment ?? '')
    .join('')
    .toLocaleUpperCase()
}
