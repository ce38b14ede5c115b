import { withoutOverrides } from '@/shared/bidi'
import { parse, type MarkedToken } from './parse'

const MAX_CHARACTERS = 280

/** A message as it is spoken or shown in one line: without its marks, and not too long. */
export function plainText(text: string): string {
  const words = withoutOverrides(parse(text).map(wordsOf).join(' ')).replace(/\s+/g, ' ').trim()
  const characters = [...words]
  return characters.length <= MAX_CHARACTERS
    ? words
    : `${characters.slice(0, MAX_CHARACTERS).join('')}…`
}

function wordsOf(token: MarkedToken): string {
  switch (token.type) {
    case 'list':
      return token.items
        .map((item) => item.tokens.map((each) => wordsOf(each as MarkedToken)).join(' '))
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
