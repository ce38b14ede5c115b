import { Lexer, Tokenizer, type MarkedToken, type Tokens } from 'marked'

export type { MarkedToken, Tokens }

/** Deeper quotes and lists than this are shown as they were typed. */
const MAX_DEPTH = 5
const MAX_CACHED = 500

/**
 * What Markdown means in a chat. There is no HTML: its characters are text like any other. What would surprise in a
 * chat is off as well: code by indentation, underlined headings, tables, and definitions, whose lines would vanish.
 */
class ChatTokenizer extends Tokenizer {
  private depth = 0

  override html = () => undefined
  override tag = () => undefined
  override code = () => undefined
  override def = () => undefined
  override lheading = () => undefined
  override table = () => undefined

  override blockquote(src: string): Tokens.Blockquote | undefined {
    return this.nested(() => super.blockquote(src))
  }

  override list(src: string): Tokens.List | undefined {
    return this.nested(() => super.list(src))
  }

  private nested<T>(tokenize: () => T): T | undefined {
    if (this.depth >= MAX_DEPTH) return undefined
    this.depth++
    try {
      return tokenize()
    } finally {
      this.depth--
    }
  }
}

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
    const lexer = new Lexer({ gfm: true, breaks: true, tokenizer: new ChatTokenizer() })
    return lexer.lex(text) as MarkedToken[]
  } catch {
    const plain: Tokens.Text = { type: 'text', raw: text, text }
    return [{ type: 'paragraph', raw: text, text, tokens: [plain] }]
  }
}
