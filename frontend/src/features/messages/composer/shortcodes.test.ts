import { expect, it } from 'vitest'
import { named, search } from './emoji'
import { startedShortcode, withEmoji } from './shortcodes'

it.each([
  [':tada:', '🎉'],
  ['Well done :+1: :TADA:!', 'Well done 👍 🎉!'],
  [':tada::tada:', '🎉:tada:'],
  ['at 12:30:45 sharp', 'at 12:30:45 sharp'],
  ['a:100:b', 'a:100:b'],
  [':no_such_name:', ':no_such_name:'],
  ['`:tada:` and ```\n:tada:', '`:tada:` and ```\n:tada:'],
])('%s is %s', (text, expected) => expect(withEmoji(text, named)).toBe(expected))

it.each([
  [':ta', 'ta'],
  ['so :ta', 'so :ta'.slice(4)],
  [':t', undefined],
  ['12:30', undefined],
  ['http://x', undefined],
  [':ta ', undefined],
  ['`:ta', undefined],
])('%j asks for %j', (text, expected) => expect(startedShortcode(text)).toBe(expected))

it('finds an emoji by its name, its beginning, and what it is also called', () => {
  const names = (query: string) => search(query, 3).map((each) => each.names[0])
  expect(names('tada')[0]).toBe('tada')
  expect(names('smil')[0]).toMatch(/^smil/)
  expect(names('thumbs up')).toContain('+1')
  expect(names('')).toEqual([])
  expect(names('zzzz')).toEqual([])
})
