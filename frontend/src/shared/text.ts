// Control characters, but for tabs and line breaks: they show as nothing, and the server refuses them.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g

/** Text as it may be sent: pasted text brings control characters along, as from a terminal or a PDF. */
export function withoutControlCharacters(text: string): string {
  return text.replace(CONTROL, '')
}

/**
 * Characters that take no room or show nothing: white space, format and control characters, the fillers of Hangul and
 * the blank of Braille. The server's list is in shared/core/text.py.
 */
const INVISIBLE =
  /[\s\p{Cc}\p{Cf}\p{Z}\u034F\u115F\u1160\u17B4\u17B5\u180B-\u180F\u2800\u3164\uFE00-\uFE0F\uFFA0]/u

/** Whether something of a text can be seen. */
export function isVisible(text: string): boolean {
  for (const character of text) if (!INVISIBLE.test(character)) return true
  return false
}

/** The first characters of a text; never half a character. */
export function cut(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text
  const segments = new Intl.Segmenter().segment(text)
  let end = 0
  let count = 0
  for (const { index, segment } of segments) {
    if (count++ === maxCharacters) return `${text.slice(0, end)}…`
    end = index + segment.length
  }
  return text
}
