import { expect, it } from 'vitest'
import { cut, isVisible } from './text'

it.each([
  '',
  ' ',
  '\u200B',
  '\u202E',
  '\u3164',
  '\u2800',
  '\uFE0F',
  '\u200D\u2060 \u00AD',
  '\uFEFF',
])('%j shows nothing', (text) => expect(isVisible(text)).toBe(false))
it.each(['a', '.', '\u200Bx', '👍🏽', '\u{1FAE9}', '\uE000'])('%j shows something', (text) =>
  expect(isVisible(text)).toBe(true),
)

it.each([
  ['abc', 3, 'abc'],
  ['abcd', 3, 'abc…'],
  ['ab👩‍👩‍👧d', 3, 'ab👩‍👩‍👧…'],
  ['ab👩‍👩‍👧', 3, 'ab👩‍👩‍👧'],
  ['e\u0301e\u0301e\u0301', 2, 'e\u0301e\u0301…'],
])('%s in %d characters is %s', (text, most, expected) => expect(cut(text, most)).toBe(expected))
