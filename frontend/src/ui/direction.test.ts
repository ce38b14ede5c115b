import { expect, it } from 'vitest'

const sources = import.meta.glob<string>(['../**/*.vue', '../**/*.css'], {
  query: '?raw',
  import: 'default',
  eager: true,
})

/** Sides by name, in class names and in CSS: they would stay where they are in a language read from right to left. */
const SIDES = [
  /(?<![\w-])-?(?:m|p|scroll-m|scroll-p|border-|rounded-|rounded-[tb])[lr](?:-|(?=[\s"'`]))/,
  /(?<![\w-])-?(?:left|right|space-x|divide-x)-(?:\[|\d|full|auto|px)/,
  /(?<![\w-])(?:text|float|clear)-(?:left|right)(?![\w-])/,
  /(?:margin|padding|border|inset|(?<![\w-]))-?(?:left|right)\s*:/,
]

it.each(Object.entries(sources))(
  '%s names no side that a right-to-left language would swap',
  (_, source) => {
    const styled = source.replace(/<script[\s\S]*?<\/script>/g, '')
    const found = SIDES.flatMap((side) => styled.match(side)?.[0] ?? [])
    expect(found).toEqual([])
  },
)

it.each([
  'class="ml-2"',
  'class="x border-l"',
  'class="md:-mr-4"',
  'class="left-0"',
  'class="text-left"',
  'margin-left: 1px',
  'a { left: 0 }',
])('%s would be found', (text) => expect(SIDES.some((side) => side.test(text))).toBe(true))

it.each([
  'class="ms-2 start-0 border-s"',
  'class="leading-5 place-items-center"',
  'text-align: start',
  '@keydown.left.prevent="move(-1)"',
])('%s is as it should be', (text) => expect(SIDES.some((side) => side.test(text))).toBe(false))
