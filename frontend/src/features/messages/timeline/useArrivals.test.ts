import { effectScope, nextTick, ref } from 'vue'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useArrivals } from './useArrivals'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function arrivals(...first: string[]) {
  const keys = ref(first)
  const scope = effectScope()
  const arriving = scope.run(() => useArrivals(() => keys.value))
  const become = async (...next: string[]) => {
    keys.value = next
    await nextTick()
    return [...(arriving?.value ?? [])]
  }
  return { become }
}

it('names what came in at the end, for a moment', async () => {
  const { become } = arrivals('a', 'b')

  expect(await become('a', 'b', 'c')).toEqual(['c'])
  vi.advanceTimersByTime(1_000)
  expect(await become('a', 'b', 'c')).toEqual([])
})

it.each([
  ['the first page', [], ['a', 'b']],
  ['an earlier page', ['c'], ['a', 'b', 'c']],
  ['a page of what was missed', ['a'], ['a', 'b', 'c', 'd', 'e']],
  ['another part of the history', ['a', 'b'], ['x', 'y']],
  ['a message that goes', ['a', 'b'], ['a']],
])('names nothing of %s', async (_, before, after) => {
  expect(await arrivals(...before).become(...after)).toEqual([])
})
