import { withoutOverrides } from '@/shared/bidi'
import { cut } from '@/shared/text'
import { parse, type MarkedToken } from './parse'

const MAX_CHARACTERS = 280

/** A message as it is spoken or shown in one line: without its marks, and cut between two characters. */
export function plainText(text: string, maxCharacters = MAX_CHARACTERS): string {
  const words = withoutOverrides(parse(text).map(wordsOf).join(' ')).replace(/\s+/g, ' ').trim()
  return cut(words, maxCharacters)
}

/** What is read of a part of a message: its text without marks. */
export function wordsOf(token: MarkedToken): string {
  switch (token.type) {
    case 'list':
      return token.items
        .map(({ tokens }, place) => {
          const number = token.ordered ? [`${Number(token.start) + place}.`] : []
          return [...number, ...tokens.map((each) => wordsOf(each as MarkedToken))].join(' ')
        })
        .join(' ')
    case 'br':
    case 'space':
    case 'hr':
      return ' '
    case 'checkbox':
      return ''
    default:
      return 'tokens' in token && token.tokens?.length
        ? token.tokens.map((each) => wordsOf(each as MarkedToken)).join('')
        : 'text' in token
          ? token.text
          : token.raw
  }
}
