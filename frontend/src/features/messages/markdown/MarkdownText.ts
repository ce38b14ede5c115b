import { h, type FunctionalComponent, type VNodeChild } from 'vue'
import { withoutOverrides, withVisibleControls } from '@/shared/bidi'
import { isVisible } from '@/shared/text'
import CodeBlock from './CodeBlock.vue'
import { splitMentions } from './mentions'
import { hiddenHost, safeHref } from './links'
import { parse, type MarkedToken, type Tokens } from './parse'
import { wordsOf } from './plain'

/** A message, from its Markdown straight to elements: no markup is ever made from a string. */
export const MarkdownText: FunctionalComponent<Props> = ({ text, mentions = [], own }) =>
  h(
    'div',
    { class: ['markdown', { 'text-3xl leading-tight': isFewEmoji(text) }] },
    blocks(parse(text), (plain) => marked(plain, mentions, own)),
  )
MarkdownText.props = ['text', 'mentions', 'own']

interface Props {
  text: string
  /** The names that the message mentions … */
  mentions?: readonly string[]
  /** … and those of them that mean the person who reads. */
  own?: readonly string[]
}
/** Plain text with its mentions marked. */
type Mark = (text: string) => VNodeChild

function marked(
  text: string,
  mentions: readonly string[],
  own: readonly string[] = [],
): VNodeChild {
  return splitMentions(text, mentions).map(({ text, name }) =>
    name === undefined
      ? withoutOverrides(text)
      : h('span', { class: ['mention', { 'mention-own': own.includes(name) }] }, text),
  )
}

const blocks = (tokens: readonly MarkedToken[], mark: Mark): VNodeChild[] =>
  tokens.map((token) => block(token, mark))

function block(token: MarkedToken, mark: Mark): VNodeChild {
  switch (token.type) {
    case 'space':
      return null
    case 'code':
      return h(CodeBlock, { code: token.text, language: token.lang?.split(/\s/)[0] })
    case 'heading':
      return h('p', { dir: 'auto', class: HEADING_SIZES[token.depth] }, heading(token, mark))
    case 'blockquote':
      return h('blockquote', { dir: 'auto' }, blocks(token.tokens as MarkedToken[], mark))
    case 'list':
      return list(token, mark)
    case 'hr':
      return h('hr')
    case 'text':
      return inlines(token.tokens ?? [token], mark)
    case 'checkbox':
      return inline(token, mark)
    default:
      return h('p', { dir: 'auto' }, 'tokens' in token ? inlines(token.tokens, mark) : token.raw)
  }
}

/** Bold, and not a heading of the page, whose outline is not the sender's. */
const heading = (token: Tokens.Heading, mark: Mark) => h('strong', inlines(token.tokens, mark))
const HEADING_SIZES: Record<number, string> = { 1: 'text-xl', 2: 'text-lg' }

function list({ ordered, start, items }: Tokens.List, mark: Mark): VNodeChild {
  return h(
    ordered ? 'ol' : 'ul',
    { dir: 'auto', start: ordered && start !== '' && start !== 1 ? start : undefined },
    items.map((item) =>
      h('li', { class: { 'list-none': item.task } }, blocks(item.tokens as MarkedToken[], mark)),
    ),
  )
}

const inlines = (tokens: readonly unknown[] | undefined, mark: Mark): VNodeChild[] =>
  (tokens as readonly MarkedToken[] | undefined)?.map((token) => inline(token, mark)) ?? []

function inline(token: MarkedToken, mark: Mark): VNodeChild {
  switch (token.type) {
    case 'strong':
    case 'em':
    case 'del':
      return h(token.type, inlines(token.tokens, mark))
    case 'codespan':
      return h('code', { dir: 'ltr' }, withVisibleControls(token.text))
    case 'br':
      return [h('br'), token.raw.replace(/^.*\n/s, '')] // with the next line's own indentation
    case 'link':
      return link(
        token,
        inlines(token.tokens, mark),
        token.tokens.map((each) => wordsOf(each as MarkedToken)).join(''),
      )
    case 'image':
      return link(token, [withoutOverrides(token.text)], token.text)
    case 'checkbox':
      return token.checked ? '☑ ' : '☐ '
    case 'text':
      return mark(token.text)
    case 'escape':
      return withoutOverrides(token.text)
    default:
      return withoutOverrides(token.raw)
  }
}

function link(
  { href, raw }: Tokens.Link | Tokens.Image,
  content: VNodeChild[],
  text: string,
): VNodeChild {
  const safe = safeHref(href)
  if (!safe || !isVisible(text)) return withoutOverrides(raw)
  const host = hiddenHost(text, safe)
  const attributes = {
    href: safe,
    title: safe,
    target: '_blank',
    rel: 'noopener noreferrer nofollow',
  }
  return [h('a', attributes, content), host && ` (${host})`]
}

/** A few emoji and nothing else are shown large. */
function isFewEmoji(text: string): boolean {
  return text.length <= 80 && FEW_EMOJI.test(text.trim())
}

const FEW_EMOJI =
  /^(?:(?:\p{RI}{2}|\p{Extended_Pictographic}(?:[\u{FE0F}\u{1F3FB}-\u{1F3FF}]|\u{200D}\p{Extended_Pictographic})*)\s*){1,6}$/u
