import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { ChatLexer } from './lexer'
import { MarkdownText } from './MarkdownText'
import { plainText } from './plain'

const show = (text: string) => mount(MarkdownText, { props: { text } })
const escaped = (text: string) => text.replace(/[.()]/g, '\\$&')
const html = (text: string) => show(text).element.innerHTML

describe('Markdown in messages', () => {
  it.each([
    ['**bold** *it* ~~gone~~', '<strong>bold</strong> <em>it</em> <del>gone</del>'],
    ['`a < b`', '<code dir="ltr">a &lt; b</code>'],
    ['one\n  two', 'one<br>  two'],
    ['a &amp; b', 'a &amp;amp; b'],
  ])('%j', (text, inner) => expect(html(text)).toContain(`<p dir="auto">${inner}</p>`))

  it('shows a heading larger, and not as a heading of the page', () => {
    expect(show('# Big').get('p.text-xl > strong').text()).toBe('Big')
    expect(show('# Big').find('h1').exists()).toBe(false)
  })

  it('shows lists, also such as go on counting, and tasks', () => {
    expect(
      show('- a\n- b')
        .findAll('ul > li')
        .map((item) => item.text()),
    ).toEqual(['a', 'b'])
    expect(show('3. c\n4. d').get('ol').attributes('start')).toBe('3')
    expect(plainText('3. c\n4. d')).toBe('3. c 4. d')
    expect(show('- [x] done\n- [ ] open').text()).toBe('☑ done☐ open')
  })

  it('shows quotes, blocks of code and rules', () => {
    expect(show('> said').get('blockquote').text()).toBe('said')
    expect(show('```\n  a\n    b\n```').get('pre').element.textContent).toBe('  a\n    b')
    expect(show('a\n\n---').find('hr').exists()).toBe(true)
  })

  it('keeps indentation, a heading’s underline, tables and definitions as they were typed', () => {
    const text = '    indented\nTitle\n===\n[a]: http://a.example/\n| a |'
    expect(show(text).find('pre, h1, table').exists()).toBe(false)
    expect(show(text).element.textContent).toContain('    indented')
    expect(show(text).text()).toContain('[a]: http://a.example/')
  })

  it('colours code in a language that is known', async () => {
    const block = show('```js\nconst a = 1\n```')
    await expect.poll(() => block.find('.hljs-keyword').exists(), { timeout: 5_000 }).toBe(true)
    expect(block.get('pre').element.textContent).toBe('const a = 1')
  })
})

describe('links', () => {
  it.each(['https://a.example/x?y=1', 'http://a.example/', 'mailto:me@a.example'])('%s', (href) => {
    const link = show(`see <${href}>`).get('a')
    expect(link.attributes()).toMatchObject({ href, target: '_blank' })
    expect(link.attributes('rel')).toContain('noopener')
  })

  it('lead nowhere but to the web and to mail', () => {
    const addresses = [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'data:text/html,<script>alert(1)</script>',
      'vbscript:x',
      'file:///etc/passwd',
      '//other.example',
      '/sign-out',
      'java&#115;cript:alert(1)',
    ]
    for (const address of addresses) {
      const shown = show(`[click](${address}) ![picture](${address}) <${address}>`)
      expect(shown.findAll('a, img'), address).toEqual([])
    }
  })

  it.each([
    ['[https://bank.example](https://evil.example/a)', ' (evil.example)'],
    ['[**https://bank.example**](https://evil.example)', ' (evil.example)'],
    ['[see https://bank.example](https://evil.example)', ' (evil.example)'],
    ['[Visit bank.example](https://evil.example)', ' (evil.example)'],
    ['[here](https://a.example/x)', ' (a.example)'],
    ['[write](mailto:me@evil.example)', ' (me@evil.example)'],
    ['![bank.example](https://evil.example)', ' (evil.example)'],
  ])('say where they lead when their text says something else: %s', (text, host) => {
    expect(show(text).element.textContent).toMatch(new RegExp(`.${escaped(host)}$`))
  })

  it.each([
    '[bank.example](https://bank.example/a)',
    '[https://bank.example/a](https://bank.example/a)',
    '[bank.example/a](https://bank.example/a)',
    '[me@a.example](mailto:me@a.example)',
    'https://bank.example/a',
    'www.bank.example',
    '<https://bank.example>',
  ])('say it once when their text says it: %s', (text) => {
    expect(show(text).findAll('a')).toHaveLength(1)
    expect(show(text).element.textContent).not.toContain('(')
  })

  it.each([
    ['„https://example.com/x“', 'https://example.com/x'],
    ['“https://example.com”', 'https://example.com'],
    ['«https://example.com/a»', 'https://example.com/a'],
    ['https://example.com。', 'https://example.com'],
    ['https://example.com…', 'https://example.com'],
    ['https://example.com/a –', 'https://example.com/a'],
    ['https://example.com/a–', 'https://example.com/a'],
    ['https://example.com，和', 'https://example.com'],
    ['（https://example.com）', 'https://example.com'],
    ['https://example.com؟', 'https://example.com'],
    ['https://example.com،', 'https://example.com'],
    ['(https://example.com/a).', 'https://example.com/a'],
    ['https://de.wikipedia.org/wiki/Mond_(Erde)', 'https://de.wikipedia.org/wiki/Mond_(Erde)'],
    ['https://über.example', 'https://über.example'],
    ['https://example.com/a–b?c=d,e#f', 'https://example.com/a–b?c=d,e#f'],
    ["'https://example.com'", 'https://example.com'],
    ['*https://example.com*', 'https://example.com'],
  ])('end where people mean them to: %s', (text, address) => {
    expect(show(text).get('a').text()).toBe(address)
    expect(show(text).element.textContent).toBe(text.replace(/^\*|\*$/g, ''))
  })

  it('load no picture', () => {
    const shown = show('![cat](https://a.example/cat.png)')
    expect(shown.find('img').exists()).toBe(false)
    expect(shown.get('a').text()).toBe('cat')
  })
})

describe('what is meant to do harm', () => {
  it('is text where it looks like HTML', () => {
    const text =
      '<script>alert(1)</script><img src=x onerror=alert(1)><b>x</b> <!-- c --> <svg onload=alert(1)>'
    expect(show(text).findAll('script, img, b, svg')).toEqual([])
    expect(show(text).text()).toBe(text)
  })

  it('cannot turn the direction of what is around it', () => {
    expect(show('a\u202Egpj.exe').text()).toBe('agpj.exe')
    expect(show('`a\u202Eb`').text()).toBe('a⟨U+202E⟩b')
  })

  it.each(['>', '> '])('quotes in quotes stop being quotes: %s', (sign) => {
    const deep = 'blockquote '.repeat(6).trim()
    expect(show(sign.repeat(4_096)).element.querySelectorAll(deep)).toHaveLength(0)
  })
})

describe('what was written', () => {
  it.each([
    '4. Juli bin ich da\n7. Juli nicht',
    '12) zwölf',
    '3. Oktober ist frei',
    '1. a\n1. b',
    '\\\\server\\share\\_docs',
    'C:\\_temp\\',
    'del C:\\temp\\*.txt',
    '¯\\_(ツ)_/¯',
    'docker run \\\n -p 80:80 \\\n nginx',
    '\\d+\\.\\d{2}',
    'snake\\_case',
    'Termine 10:00~12:00, 14:00~16:00',
    '你好~在吗~',
    '#',
    '##',
    '>',
    '-',
    '+',
    '*',
    '---',
    '***',
    '[](https://evil.example)',
    '[\u200b](https://evil.example)',
    '```',
    '``````',
    '>_<',
    '>:(',
    '5*3*2 = 30, 2**3**2 = 512',
    'a * b * c',
    'snake_case_name',
    '# C #',
    'one\n#\ntwo',
    'x^2 | y',
  ])('is shown: %s', (text) => {
    const shown = show(text).element
    shown.querySelectorAll('br').forEach((line: Element) => line.replaceWith('\n'))
    const words = [...shown.children].map((each) => each.textContent).join('\n')
    expect(words.replace(/^C #/, '# C #')).toBe(text)
    expect(shown.querySelectorAll('a, li, del, em, hr')).toHaveLength(0)
  })

  it.each([
    ['\\*not bold\\*', '*not bold*'],
    ['\\_not italic\\_', '_not italic_'],
    ['\\# no heading', '# no heading'],
    ['\\- no list', '- no list'],
    ['1\\. no list', '1. no list'],
    ['\\[no\\](link)', '[no](link)'],
    ['\\~~not gone\\~~', '~~not gone~~'],
  ])('without the backslash that hides a sign on purpose: %s', (text, words) => {
    expect(show(text).text()).toBe(words)
    expect(show(text).findAll('em, strong, del, li, a')).toHaveLength(0)
  })

  it.each(['**「強調」**です', 'これは**「重要」**。', '**"x"**y'])(
    'bold beside signs, where words are not parted by spaces: %s',
    (text) => expect(show(text).findAll('strong')).toHaveLength(1),
  )

  it('after a quote is no part of it', () => {
    expect(show('> said\nanswer').get('blockquote').text()).toBe('said')
    expect(show('> said\nanswer').text()).toContain('answer')
  })
})

describe('work for the reader', () => {
  const size = 8_192
  const filled = (part: string): string => part.repeat(Math.ceil(size / part.length)).slice(0, size)

  /** How long a text takes, beside one of the same size that anybody could write. */
  function cost(text: string): number {
    const time = (each: string): number => {
      const started = performance.now()
      new ChatLexer().lex(each)
      return performance.now() - started
    }
    const ordinary = filled('See **this**, `that` and https://a.example/x?y=1 (or _both_).\n\n')
    const best = (each: string) => Math.min(...[1, 2, 3].map(() => time(each)))
    return best(text) / Math.max(2, best(ordinary))
  }

  it.each([
    `"a'**"`,
    '*a@b.c.',
    '~~a`',
    '<__b',
    '_*_*',
    '1. a\n',
    '>',
    '> ',
    '- ',
    '1. ',
    '[',
    '*a ',
    '_a_',
    'x',
    '![',
    '](',
    '`a',
    '**a ',
    '__a*',
    '\\[',
    '- a\n  ',
    '> - ',
    'http://a',
    'www.',
    'a@',
    '<a',
    '~~',
    '# ',
    '|a',
    '[a](b',
    '```\n',
    '*__`',
    '** __',
    '((',
    'https://a.(',
  ])('%j without end is no more than that of ordinary text', (part) => {
    expect(cost(filled(part))).toBeLessThan(40)
    const shown = show(filled(part))
    expect(shown.element.querySelectorAll('*').length).toBeLessThan(9_000)
    shown.unmount()
  })

  it('holds for whatever signs are put together', () => {
    const signs = [
      '*',
      '**',
      '_',
      '__',
      '~~',
      '`',
      '[',
      ']',
      '(',
      ')',
      '<',
      '>',
      '!',
      '#',
      '- ',
      '1. ',
      '\n',
      'a',
      ' ',
      '\\',
      '"',
      'www.',
      '@',
      '.',
      '|',
    ]
    let state = 20_261_127
    const random = (below: number): number => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
      return Math.floor((state / 2_147_483_648) * below)
    }
    for (let round = 0; round < 150; round++) {
      const part = Array.from({ length: 1 + random(6) }, () => signs[random(signs.length)]).join('')
      expect(cost(filled(part)), JSON.stringify(part)).toBeLessThan(40)
    }
  }, 60_000)
})

describe('emoji', () => {
  it.each(['😀', '👩‍👩‍👧‍👦 🇩🇪', '❤️', '👍🏽'])('%s alone is large', (text) =>
    expect(show(text).classes()).toContain('text-3xl'),
  )
  it.each(['1', 'a 😀', '😀'.repeat(200)])('%s is not', (text) =>
    expect(show(text).classes()).not.toContain('text-3xl'),
  )
})

describe('plain text', () => {
  it('is cut between two characters', () => {
    expect(plainText(`${'x'.repeat(199)}👩‍👩‍👧 and more`, 200)).toBe(`${'x'.repeat(199)}👩‍👩‍👧…`)
  })
  it('has the words without the marks', () => {
    expect(plainText('**Hi** [you](https://a.example)\n\n- one\n- two\n\n`x`')).toBe(
      'Hi you one two x',
    )
  })
  it('is not long', () => expect(plainText('x'.repeat(8_192))).toHaveLength(281))
})
