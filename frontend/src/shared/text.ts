// Control characters, but for tabs and line breaks: they show as nothing, and the server refuses them.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g

/** Text as it may be sent: pasted text brings control characters along, as from a terminal or a PDF. */
export function withoutControlCharacters(text: string): string {
  return text.replace(CONTROL, '')
}
