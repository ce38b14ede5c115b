import { expect, it } from 'vitest'
import { mentionedIn, splitMentions } from './mentions'

const NAMES = ['ann', 'ann-marie', 'bob.b', 'Jörg', 'room']

it.each([
  ['@ann', ['ann']],
  ['hi @Ann, and @ann!', ['ann']],
  ['(@bob.b)', ['bob.b']],
  ['@bob', []],
  ['@ann-marie', ['ann-marie']],
  ['@anna', []],
  ['@jörg @room', ['Jörg', 'room']],
  ['mail@ann', []],
  ['@@ann', []],
  ['ann', []],
])('%s mentions %o', (text, names) => {
  expect([...mentionedIn(text, NAMES)]).toEqual(names)
})

it('a text stays whole', () => {
  const text = 'so @ann said @nobody that @bob.b …'
  expect(
    splitMentions(text, NAMES)
      .map((part) => part.text)
      .join(''),
  ).toBe(text)
})
