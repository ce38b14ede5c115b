import { type MarkedToken, type Tokens } from 'marked'
import { ChatLexer } from './lexer'

export type { MarkedToken, Tokens }

const MAX_CACHED = 500

const cache = new Map<string, MarkedToken[]>()

/** The structure of a message. Never fails: what cannot be read as Markdown is one paragraph of text. */
export function parse(text: string): MarkedToken[] {
  const known = cache.get(text)
  if (known) return known
  if (cache.size >= MAX_CACHED) cache.clear()
  const tokens = tokenize(text)
  cache.set(text, tokens)
  return tokens
}

function tokenize(text: string): MarkedToken[] {
  try {
    const tokens = new ChatLexer().lex(text) as MarkedToken[]
    return tokens.every(showsNothing) ? asTyped(text) : tokens
  } catch {
    return asTyped(text)
  }
}

/** A line of nothing but a Markdown sign must not become an empty row. */
const showsNothing = ({ type }: MarkedToken): boolean => type === 'space' || type === 'hr'

function asTyped(text: string): MarkedToken[] {
  const plain: Tokens.Text = { type: 'text', raw: text, text }
  return [{ type: 'paragraph', raw: text, text, tokens: [plain] }]
}
