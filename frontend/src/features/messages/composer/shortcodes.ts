/** Code stays as it was typed. An open block reaches to the end. */
const CODE = /(```[\s\S]*?(?:```|$)|`[^`\n]*`?)/
const SHORTCODE = /(?<![\w:]):([a-z0-9_+-]+):/gi
const STARTED = /(?:^|[^\w:]):([a-z0-9_+-]{2,})$/i

export type Names = (name: string) => string | undefined

export function hasShortcode(text: string): boolean {
  return new RegExp(SHORTCODE).test(text)
}

/** A text with its shortcodes as emoji. Unknown ones, and those in code, stay. */
export function withEmoji(text: string, emoji: Names): string {
  return text
    .split(CODE)
    .map((part, index) =>
      index % 2 ? part : part.replace(SHORTCODE, (all, name: string) => emoji(name) ?? all),
    )
    .join('')
}

/** What has been typed of a shortcode that is not closed yet. */
export function startedShortcode(beforeCaret: string): string | undefined {
  const inCode = beforeCaret.split(CODE).length % 2 === 0 || /`[^`\n]*$/.test(beforeCaret)
  return inCode ? undefined : STARTED.exec(beforeCaret)?.[1]
}
