import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { MarkdownText } from './MarkdownText'
import { plainText } from './plain'

const show = (text: string) => mount(MarkdownText, { props: { text } })
const html = (text: string) => show(text).element.innerHTML

describe('Markdown in messages', () => {
  it.each([
    ['**bold** *it* ~~gone~~', '<strong>bold</strong> <em>it</em> <del>gone</del>'],
    ['`a < b`', '<code dir="ltr">a &lt; b</code>'],
    ['one\n  two', 'one<br>  two'],
    ['a &amp; b', 'a &amp;amp; b'],
    ['# Big', '<strong>Big</strong>'],
  ])('%j', (text, inner) => expect(html(text)).toContain(`<p dir="auto">${inner}</p>`))

  it('shows lists, also such as go on counting, and tasks', () => {
    expect(
      show('- a\n- b')
        .findAll('ul > li')
        .map((item) => item.text()),
    ).toEqual(['a', 'b'])
    expect(show('3. c\n4. d').get('ol').attributes('start')).toBe('3')
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

  it('say where they lead when their text says something else', () => {
    expect(show('[https://bank.example](https://evil.example/a)').text()).toContain(
      '(evil.example)',
    )
    expect(show('[bank.example](https://bank.example/a)').text()).toBe('bank.example')
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

  it.each([
    ['quotes', '>'.repeat(8_192)],
    ['spaced quotes', '> '.repeat(4_096)],
    ['lists', '- '.repeat(4_096)],
    ['numbers', '1. '.repeat(2_730)],
    ['brackets', '['.repeat(8_192)],
    ['stars', '*a '.repeat(2_730)],
    ['underscores', '_a_'.repeat(2_700)],
    ['a word', 'x'.repeat(8_192)],
  ])('%s without end take no long time and stay whole', (_, text) => {
    const started = performance.now()
    const shown = show(text)
    expect(performance.now() - started).toBeLessThan(1_500)
    expect(shown.element.querySelectorAll('*').length).toBeLessThan(10_000)
    expect(
      shown.element.querySelectorAll(
        'blockquote blockquote blockquote blockquote blockquote blockquote',
      ).length,
    ).toBe(0)
  })
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
  it('has the words without the marks', () => {
    expect(plainText('**Hi** [you](https://a.example)\n\n- one\n- two\n\n`x`')).toBe(
      'Hi you one two x',
    )
  })
  it('is not long', () => expect(plainText('x'.repeat(8_192))).toHaveLength(281))
})
