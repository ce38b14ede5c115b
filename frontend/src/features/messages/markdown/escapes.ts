/** A word that goes on being typed as the path of a file, or as a shrug. */
const IN_A_PATH = /(?:^|[\s"'(])(?:[A-Za-z]:|\\\\)[^\s]*$|¯$/u

/**
 * Whether the backslash that `rest` begins with hides a Markdown sign on purpose, and so is not shown. Any other
 * backslash is a part of what was written: in a path, a regular expression or a shrug.
 *
 * @param before What stands before it in the same piece of text.
 * @param rest The backslash, and all after it.
 */
export function isMeantAsEscape(before: string, rest: string): boolean {
  if (IN_A_PATH.test(before)) return false
  switch (rest[1]) {
    case '*':
    case '~':
    case '`':
    case '[':
    case ']':
      return true
    case '_': // Within a word it is no sign; at the end of one it may close what was opened before.
      return (
        !/[\p{L}\p{N}]$/u.test(before) ||
        (/(?:^|\s)\\_/.test(before) && !/^..[\p{L}\p{N}]/u.test(rest))
      )
    case '#':
    case '>':
    case '-':
    case '+':
      return /(?:^|\n)\s*$/.test(before)
    case '.':
      return /(?:^|\n)\s*\d{1,9}$/.test(before)
    default:
      return false
  }
}
