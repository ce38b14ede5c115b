import type { Token, Tokens } from 'marked'

/** A list of more lines than this is shown as it was typed: what `marked` does with one grows faster than the list. */
const MAX_LINES = 200
const BULLET = /^ {0,3}[-+*][ \t]+\S/
const NUMBER = /^ {0,3}(\d{1,9})\.[ \t]+\S/

/**
 * Whether a text begins with a list that shows what was typed: bullets with something behind them, or at least two
 * numbers, one after the other and with a dot. "4. Juli … 7. Juli" are two dates, "3. Oktober" is one, and so is "12)".
 */
export function beginsList(text: string): boolean {
  if (!BULLET.test(text) && !NUMBER.test(text)) return false
  const lines = text.split('\n', MAX_LINES + 1)
  if (lines.length > MAX_LINES) return false
  if (BULLET.test(text)) return true
  let expected: number | undefined
  for (const [index, line] of lines.entries()) {
    const number = NUMBER.exec(line)?.[1]
    if (number === undefined) {
      if (!line.trim() && !/^\s|^ {0,3}\d/.test(lines[index + 1] ?? '')) break
    } else if (expected === undefined || Number(number) === expected) expected = Number(number) + 1
    else return false
  }
  return NUMBER.test(lines.slice(1).find((line) => NUMBER.test(line)) ?? '')
}

/** Whether the list that was found has the numbers that it will be shown with, and something in it. */
export function numbersAsGiven({ ordered, items }: Tokens.List): boolean {
  if (!items.some((item) => item.tokens.some(hasText))) return false
  if (!ordered) return true
  const numbers = items.map(({ raw }) => Number(/^\s*(\d+)\.\s/.exec(raw)?.[1]))
  return items.length > 1 && numbers.every((number, place) => number === (numbers[0] ?? 0) + place)
}

const hasText = (token: Token): boolean => token.raw.trim() !== ''
