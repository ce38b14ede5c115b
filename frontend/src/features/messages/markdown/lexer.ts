import { Lexer, type Token } from 'marked'
import { ChatTokenizer } from './tokenizer'

/**
 * More signs than this in one piece of text are no longer read as Markdown. What `marked` does with emphasis and
 * brackets grows faster than the text, and a stranger sent it: https://spec.commonmark.org/0.31.2/#delimiter-run
 */
export const MAX_SIGNS = 200
const SIGNS = /[*_~`![\]<@\\]|https?:|www\./g

/** `marked`, with what Markdown means in a chat (`ChatTokenizer`) and a bound on its work. */
export class ChatLexer extends Lexer {
  constructor() {
    super({ gfm: true, breaks: true, tokenizer: new ChatTokenizer() })
  }

  override inlineTokens(src: string, tokens: Token[] = []): Token[] {
    if ((src.match(SIGNS)?.length ?? 0) > MAX_SIGNS) {
      tokens.push({ type: 'text', raw: src, text: src })
      return tokens
    }
    return this.chat.within(src, () => super.inlineTokens(src, tokens))
  }

  private get chat(): ChatTokenizer {
    return this.options.tokenizer as unknown as ChatTokenizer
  }
}
