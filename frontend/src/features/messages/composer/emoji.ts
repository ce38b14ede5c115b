import { gemoji } from 'gemoji'
import { wordsFor, type Dictionary } from './emojiWords'

export interface Emoji {
  emoji: string
  /** The names that stand between colons; the first one is shown. */
  names: string[]
  description: string
}

/** The groups of the picker, in its order, and what the list calls them. */
const CATEGORIES = {
  smileys: 'Smileys & Emotion',
  people: 'People & Body',
  animals: 'Animals & Nature',
  food: 'Food & Drink',
  travel: 'Travel & Places',
  activities: 'Activities',
  objects: 'Objects',
  symbols: 'Symbols',
  flags: 'Flags',
} as const
export type Category = keyof typeof CATEGORIES

const byName = new Map(gemoji.flatMap((each) => each.names.map((name) => [name, each] as const)))

export function named(name: string): string | undefined {
  return byName.get(name.toLowerCase())?.emoji
}

export const categories = (Object.keys(CATEGORIES) as Category[]).map((key) => ({
  key,
  emoji: gemoji.filter(({ category }) => category === CATEGORIES[key]) as Emoji[],
}))

/**
 * Names that begin with the query come first, then what it is also called, then what contains it: in English, as
 * shortcodes are, and in the dictionary's language.
 */
export function search(query: string, limit: number, dictionary?: Dictionary): Emoji[] {
  const typed = query.trim().toLowerCase().replace(/^:|:$/g, '')
  const wanted = typed.replaceAll(' ', '_')
  if (!wanted) return []
  const ranked = gemoji.flatMap((each) => {
    const ranks = [rankOf(each, wanted), rankIn(dictionary, each.emoji, typed)]
    const rank = ranks.filter((each) => each !== undefined).sort()[0]
    return rank === undefined ? [] : [{ each, rank }]
  })
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map(({ each }) => each)
}

function rankOf(
  { names, tags, description }: (typeof gemoji)[number],
  wanted: string,
): number | undefined {
  if (names.includes(wanted)) return 0
  if (names.some((name) => name.startsWith(wanted))) return 1
  if (tags.some((tag) => tag.startsWith(wanted))) return 2
  if (names.some((name) => name.includes(wanted))) return 3
  return description.replaceAll(' ', '_').includes(wanted) ? 4 : undefined
}

function rankIn(
  dictionary: Dictionary | undefined,
  emoji: string,
  wanted: string,
): number | undefined {
  const words = wordsFor(emoji, dictionary)
  const label = words?.label.toLowerCase()
  if (label === wanted) return 0
  if (label?.startsWith(wanted)) return 1
  if (words?.tags.some((tag) => tag.toLowerCase().startsWith(wanted))) return 2
  return label?.includes(wanted) ? 4 : undefined
}
