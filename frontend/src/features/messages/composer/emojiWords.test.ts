import { expect, it } from 'vitest'
import { search } from './emoji'
import { dictionaryOf, wordsFor } from './emojiWords'

it('emoji are found by what they are called in German, and in English still', async () => {
  const german = await dictionaryOf('de')
  const found = (query: string) => search(query, 8, german).map(({ emoji }) => emoji)

  expect(found('rakete')[0]).toBe('🚀')
  expect(found('Rotes Herz')[0]).toBe('❤️')
  expect(found('daumen')).toContain('👍')
  expect(found('rocket')[0]).toBe('🚀')
  expect(search('rakete', 8)).toEqual([])
})

it('each has a name in German, with or without the sign for colour', async () => {
  const german = await dictionaryOf('de')

  expect(wordsFor('❤', german)?.label).toBe(wordsFor('❤️', german)?.label)
  expect(wordsFor('🚀', german)?.label).toBe('Rakete')
})

it('English needs no dictionary', async () => {
  expect(await dictionaryOf('en')).toBeUndefined()
})
