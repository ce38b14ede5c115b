/** Embeddings and overrides: a text with them can look like another. Marks and isolates, which are honest, stay. */
const OVERRIDES = /[\u202A-\u202E]/g

export function withoutOverrides(text: string): string {
  return text.replace(OVERRIDES, '')
}

/** In code what is there must be seen. */
export function withVisibleControls(text: string): string {
  return text.replace(
    /[\u202A-\u202E\u2066-\u2069\u200E\u200F]/g,
    (char) => `⟨U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase()}⟩`,
  )
}
