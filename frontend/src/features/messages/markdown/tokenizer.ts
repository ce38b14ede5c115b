import { Tokenizer, type Tokens } from 'marked'
import { addressAt } from './addresses'
import { isMeantAsEscape } from './escapes'
import { beginsList, numbersAsGiven } from './lists'

/** Deeper quotes and lists than this are shown as they were typed. */
const MAX_DEPTH = 5
/** Lines that begin with `>`, of which the first has text after a space: `>_<` is a face. */
const HEADING = /^ {0,3}#{1,6}[ \t]+\S/
const QUOTE = /^ {0,3}>+ [^\n]*\S[^\n]*(?:\n {0,3}>[^\n]*)*(?:\n|$)/

/**
 * What Markdown means in a chat: it may add to how a message looks, and never takes away or changes what was written.
 * There is no HTML: its characters are text like any other. What would surprise in a chat is off as well: code by
 * indentation, underlined headings, tables, and definitions, whose lines would vanish.
 */
export class ChatTokenizer extends Tokenizer {
  private depth = 0
  private readonly sources: string[] = []

  override html = () => undefined
  override tag = () => undefined
  override code = () => undefined
  override def = () => undefined
  override lheading = () => undefined
  override table = () => undefined

  /** Run `tokenize` on inline text, so that `escape` knows what stands before it. */
  within<T>(source: string, tokenize: () => T): T {
    this.sources.push(source)
    try {
      return tokenize()
    } finally {
      this.sources.pop()
    }
  }

  override heading(src: string): Tokens.Heading | undefined {
    const heading = super.heading(src)
    if (!heading?.text) return undefined
    // With the signs at its end, as in "# C #".
    const text = heading.raw.trim().replace(/^#+\s+/, '')
    return text === heading.text ? heading : { ...heading, text, tokens: this.lexer.inline(text) }
  }

  override fences(src: string): Tokens.Code | undefined {
    const code = super.fences(src)
    return code?.text.trim() ? code : undefined
  }

  override blockquote(src: string): Tokens.Blockquote | undefined {
    const quote = QUOTE.exec(src)?.[0]
    // Only its own lines: what follows without a `>` is the answer to the quote.
    return quote === undefined ? undefined : this.nested(() => super.blockquote(quote))
  }

  override list(src: string): Tokens.List | undefined {
    if (!beginsList(src)) return undefined
    const list = this.nested(() => super.list(src))
    return list && numbersAsGiven(list) ? list : undefined
  }

  /** All lines up to a blank one, or to one with which something else begins: a lone `#` is a line like any other. */
  override paragraph(src: string): Tokens.Paragraph | undefined {
    let end = src.indexOf('\n')
    while (end >= 0 && !this.endsParagraph(src.slice(end + 1))) end = src.indexOf('\n', end + 1)
    const raw = end < 0 ? src : src.slice(0, end)
    return { type: 'paragraph', raw, text: raw, tokens: this.lexer.inline(raw) }
  }

  private endsParagraph(rest: string): boolean {
    if (/^[^\S\n]*(?:\n|$)/.test(rest)) return true
    if (!/^ {0,3}[#>`~*+\d_-]/.test(rest)) return false
    return Boolean(
      QUOTE.test(rest) ||
      beginsList(rest) ||
      this.hr(rest) ||
      this.fences(rest) ||
      HEADING.test(rest),
    )
  }

  override escape(src: string): Tokens.Escape | undefined {
    const token = super.escape(src)
    if (!token) return undefined
    const source = this.sources.at(-1) ?? src
    const before = source.slice(0, source.length - src.length)
    return isMeantAsEscape(before, src) ? token : { ...token, text: token.raw }
  }

  /** A line break is a line break; a backslash before it is text, as in a command for a shell. */
  override br(src: string): Tokens.Br | undefined {
    return src.startsWith('\\') ? undefined : super.br(src)
  }

  /** Only `~~` strikes: one tilde stands for "about", or for a smile. */
  override del(src: string, masked: string, previous?: string): Tokens.Del | undefined {
    return src.startsWith('~~') ? super.del(src, masked, previous) : undefined
  }

  override emStrong(
    src: string,
    masked: string,
    previous = '',
  ): Tokens.Em | Tokens.Strong | undefined {
    // 5*3*2 and 2**3**2 are sums; what begins within a row of stars is the rest of one.
    if (/[\p{L}\p{N}]/u.test(previous) && /^(?:\*(?!\*)|\*\*\d)/.test(src)) return undefined
    if (previous === '*' && src.startsWith('*')) return undefined
    return super.emStrong(src, masked, previous) ?? this.strongBesideSigns(src, masked)
  }

  override url(src: string): Tokens.Link | undefined {
    const raw = addressAt(src)
    if (raw === undefined) return /^(?:https?:|ftp:|www\.)/i.test(src) ? undefined : super.url(src)
    const href = raw.startsWith('www.') ? `https://${raw}` : raw
    return { type: 'link', raw, text: raw, href, tokens: [{ type: 'text', raw, text: raw }] }
  }

  /**
   * `**「強調」**です`: by the rules of CommonMark no emphasis, because a sign stands inside and a letter outside.
   * Where words are not parted by spaces that is what everybody writes.
   */
  private strongBesideSigns(src: string, masked: string): Tokens.Strong | undefined {
    const rest = masked.slice(masked.length - src.length)
    const length = /^\*\*(?=[^\s*])[^*]*[^\s*]\*\*(?!\*)/.exec(rest)?.[0].length
    if (length === undefined) return undefined
    const raw = src.slice(0, length)
    const text = raw.slice(2, -2)
    return { type: 'strong', raw, text, tokens: this.lexer.inlineTokens(text) }
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
