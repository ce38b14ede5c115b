import { expect, it } from 'vitest'
import { withoutControlCharacters } from './text'

it.each([
  ['plain', 'plain'],
  ['a\u0000b\u001b[31mc\u007f', 'ab[31mc'],
  ['tab\tline\nline\r\n', 'tab\tline\nline\r\n'],
  ['\u0085\u009f', ''],
  ['zero\u200dwidth \u202e stays', 'zero\u200dwidth \u202e stays'],
])('%j', (text, expected) => {
  expect(withoutControlCharacters(text)).toBe(expected)
})
