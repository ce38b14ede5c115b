import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import de from './de'
import en from './en'
import { around, t } from './i18n'
import { formattingLocale, useLanguage } from './useLanguage'

type Tree = { [key: string]: string | Tree }

function leaves(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value]] : leaves(value, `${path}${key}.`),
  )
}

const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort()

describe('the languages', () => {
  it('have the same keys', () => {
    expect(leaves(de).map(([key]) => key)).toEqual(leaves(en).map(([key]) => key))
  })

  it('fill in the same values, and have as many plural forms', () => {
    const german = Object.fromEntries(leaves(de))
    for (const [key, text] of leaves(en)) {
      // A question has the values of its title: English says "they", where German needs the name again.
      const title = en.rooms.change[key.split('.')[2] as 'ban'] ? ['{name}', '{room}'] : []
      const needed = placeholders(german[key]!).filter((each) => !title.includes(each))
      expect(needed, key).toEqual(placeholders(text).filter((each) => !title.includes(each)))
      expect(german[key]!.split(' | ').length, key).toBe(text.split(' | ').length)
    }
  })

  it('have no empty text', () => {
    expect([...leaves(en), ...leaves(de)].filter(([, text]) => !text.trim())).toEqual([])
  })
})

describe('choosing a language', () => {
  beforeEach(() => setActivePinia(createPinia()))
  afterEach(async () => {
    useLanguage().choice = 'en'
    await useLanguage().apply()
  })

  it('takes the first of the browser’s that there is', async () => {
    vi.spyOn(navigator, 'languages', 'get').mockReturnValue(['fr-FR', 'de-AT', 'en'])

    await useLanguage().apply()

    expect(t('common.cancel')).toBe('Abbrechen')
    expect(document.documentElement.lang).toBe('de')
    expect(formattingLocale()).toBe('de-AT')
  })

  it('keeps what the person chose for the next visit', async () => {
    useLanguage().choice = 'de'
    await useLanguage().apply()
    setActivePinia(createPinia())

    expect(useLanguage().choice).toBe('de')
  })

  it('says a count in its plural form', () => {
    expect(t('rooms.members.count', 1)).toBe('1 member')
    expect(t('rooms.members.count', 3)).toBe('3 members')
    expect(t('rooms.members.count', 0)).toBe('0 members')
    expect(t('timeline.newSince', { time: '1:33' }, 1)).toBe('1 new message since 1:33')
  })

  it('puts a value in as it is', () => {
    const name = '$& {room} | '
    expect(t('timeline.newSince', { time: name }, 2)).toBe(`2 new messages since ${name}`)
  })

  it('divides a message for a value that is an element of its own', () => {
    const [before, after] = around('auth.confirm.sentTo', 'email')
    expect(`${before}a@example.com${after}`).toBe(
      t('auth.confirm.sentTo', { email: 'a@example.com' }),
    )
  })
})
