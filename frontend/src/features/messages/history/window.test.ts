import { describe, expect, it } from 'vitest'
import { aMessage, messages, sortKey } from '@/testing/builders'
import {
  latest,
  newestRev,
  newestSeq,
  withChanges,
  withEarlier,
  withFollowing,
  withPushed,
  type Window,
} from './window'

const page = (from: number, to: number, hasMore = false) => ({
  messages: messages(from, to),
  hasMore,
})
const seqs = (window: Window) => window.messages.map(({ seq }) => seq)

describe('what is pushed', () => {
  it('extends the complete part when nothing is missing before it', () => {
    const window = withPushed(latest(page(1, 3), 3), aMessage(4))

    expect(seqs(window)).toEqual([1, 2, 3, 4])
    expect(window).toMatchObject({ end: 4, cursor: sortKey(4) })
  })

  it('does not extend it across a gap, yet is shown', () => {
    const window = withPushed(latest(page(1, 3), 3), aMessage(6))

    expect(seqs(window)).toEqual([1, 2, 3, 6])
    expect(window).toMatchObject({ end: 3, cursor: sortKey(3) })
    expect(newestSeq(window)).toBe(6)
  })

  it('joins up with what came ahead of it', () => {
    const ahead = withPushed(latest(page(1, 3), 3), aMessage(5))
    const window = withPushed(ahead, aMessage(4))

    expect(seqs(window)).toEqual([1, 2, 3, 4, 5])
    expect(window).toMatchObject({ end: 5, cursor: sortKey(5) })
  })

  it('is there once, however often it comes', () => {
    const once = withPushed(latest(page(1, 3), 3), aMessage(3))

    expect(seqs(once)).toEqual([1, 2, 3])
  })

  it('starts an empty room', () => {
    const window = withPushed(latest(page(1, 0), 0), aMessage(1))

    expect(window).toMatchObject({ end: 1, cursor: sortKey(1) })
  })

  it('long after it was sent waits for its page, where the window begins later', () => {
    const window = withPushed(latest(page(51, 60, true), 60), aMessage(9))

    expect(seqs(window)).toEqual(seqs(latest(page(51, 60), 60)))
  })

  it('replaces an older state of the same message, never a newer one', () => {
    const edited = aMessage(2, { message: 'Edited', editedAt: 9, rev: 4 })
    const window = withPushed(latest(page(1, 3), 3), edited)
    expect(window.messages[1]?.message).toBe('Edited')

    const late = withPushed(window, aMessage(2))
    expect(late.messages[1]?.message).toBe('Edited')
  })
})

describe('a page that follows', () => {
  it('closes the gap and joins up with what came ahead', () => {
    const ahead = withPushed(latest(page(1, 3), 3), aMessage(6))
    const window = withFollowing(ahead, page(4, 5), 5)

    expect(seqs(window)).toEqual([1, 2, 3, 4, 5, 6])
    expect(window).toMatchObject({ end: 6, cursor: sortKey(6) })
  })

  it('is complete whatever has expired in it', () => {
    const window = withFollowing(latest(page(1, 3), 3), page(8, 9), 9)

    expect(seqs(window)).toEqual([1, 2, 3, 8, 9])
    expect(window.end).toBe(9)
  })

  it('that is empty and last reaches the head: the rest has expired', () => {
    const window = withFollowing(latest(page(1, 3), 3), page(1, 0), 7)

    expect(window).toMatchObject({ end: 7, cursor: sortKey(3) })
  })

  it('with more behind it reaches only as far as it goes', () => {
    const window = withFollowing(latest(page(1, 3), 3), page(4, 5, true), 100)

    expect(window).toMatchObject({ end: 5, cursor: sortKey(5) })
  })
})

it('earlier messages come in before the others', () => {
  const window = withEarlier(latest(page(5, 6, true), 6), page(3, 4, false))

  expect(seqs(window)).toEqual([3, 4, 5, 6])
  expect(window).toMatchObject({ end: 6, hasEarlier: false })
})

describe('changes', () => {
  const changed = (fromRev: number, rev: number, seq = 2) => ({
    fromRev,
    rev,
    messages: [aMessage(seq, { message: `Changed ${rev}`, rev })],
  })
  const at = (rev: number) => latest({ ...page(1, 5), rev }, 5)

  it('count in their order, and wait for those that are missing before them', () => {
    const ahead = withChanges(at(0), changed(1, 2))
    expect([ahead.rev, newestRev(ahead)]).toEqual([0, 2])
    expect(ahead.messages[1]?.message).toBe('Changed 2')

    const healed = withChanges(ahead, changed(0, 1))
    expect([healed.rev, healed.ahead]).toEqual([2, []])
    expect(healed.messages[1]?.message).toBe('Changed 2')
  })

  it('may come twice', () => {
    const once = withChanges(at(0), changed(0, 1))
    expect(withChanges(once, changed(0, 1))).toEqual(once)
  })

  it('of a message that is not held are taken in after the newest one only', () => {
    const window = latest({ ...page(51, 60, true), rev: 0 }, 60)
    expect(seqs(withChanges(window, changed(0, 1, 9)))).toEqual(seqs(window))
    expect(seqs(withChanges(window, changed(0, 1, 61))).at(-1)).toBe(61)
  })

  it('are asked for again where a page from before them comes after them', () => {
    const window = withChanges(latest({ ...page(51, 60, true), rev: 3 }, 60), changed(3, 4, 55))
    const earlier = withEarlier(window, { ...page(41, 50), rev: 2 })
    expect(earlier.rev).toBe(2)
    expect(earlier.messages.find(({ seq }) => seq === 55)?.rev).toBe(4)
  })

  it('that were heard ahead of a page are forgotten with it', () => {
    const window = withChanges(latest({ ...page(51, 60, true), rev: 3 }, 60), changed(4, 5, 55))
    expect(withEarlier(window, { ...page(41, 50), rev: 4 })).toMatchObject({ rev: 3, ahead: [] })
  })
})
