import { describe, expect, it } from 'vitest'
import { destination, isWayBack, recall, remember } from './destination'

describe('where a sign-in leads', () => {
  it('is where one was going', () => {
    expect(destination({ query: { next: '/rooms/1?x=y' } })).toBe('/rooms/1?x=y')
  })

  it.each(['//evil.test', '/\\evil.test', 'https://evil.test', 'javascript:alert(1)', undefined])(
    'is never another site: %s',
    (next) => expect(destination({ query: { next } as never })).toBe('/'),
  )

  it('is remembered once over the pool’s own pages', () => {
    remember('/settings')

    expect(recall()).toBe('/settings')
    expect(recall()).toBeUndefined()
  })

  it('knows the way back from there', () => {
    expect(isWayBack({ query: { code: 'c', state: 's' } })).toBe(true)
    expect(isWayBack({ query: { error: 'denied', state: 's' } })).toBe(true)
    expect(isWayBack({ query: { next: '/' } })).toBe(false)
  })
})
