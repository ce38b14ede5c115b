import { describe, expect, it } from 'vitest'
import { ref } from 'vue'
import { startedMention, useMentions } from './useMentions'

it.each([
  ['@', ''],
  ['hi @an', 'an'],
  ['(@an', 'an'],
  ['mail@an', undefined],
  ['@ann ', undefined],
  ['an', undefined],
])('%s starts %s', (text, query) => {
  expect(startedMention(text)).toBe(query)
})

describe('the people one may mean', () => {
  const PEOPLE = [
    { username: 'room' },
    { userId: '1', username: 'Joanna' },
    { userId: '2', username: 'anna' },
    { userId: '3', username: 'bob' },
  ]
  const names = (text: string) =>
    useMentions(ref(text), () => PEOPLE).found.value.map(({ username }) => username)

  it('are those whose names begin so, then those who have it within, and everybody last', () => {
    expect(names('@an')).toEqual(['anna', 'Joanna'])
    expect(names('@o')).toEqual(['Joanna', 'bob', 'room'])
    expect(names('@x')).toEqual([])
  })

  it('go when the list is closed, and come with the next letter', () => {
    const text = ref('@a')
    const { found, close } = useMentions(text, () => PEOPLE)
    close()
    expect(found.value).toEqual([])
    text.value = '@an'
    expect(found.value).toHaveLength(2)
  })
})
