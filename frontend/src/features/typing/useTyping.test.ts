import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { aMessage, aRoom, BOB, pushed, welcome } from '@/testing/builders'
import { FakeServer } from '@/testing/fakeServer'
import { inSession } from '@/testing/signedIn'
import { AGAIN_AFTER_MS, FIRST_AFTER_MS, SHOWN_MS, useTyping } from './useTyping'

let server: FakeServer

beforeEach(async () => {
  server = new FakeServer({ hello: () => welcome([aRoom()]) })
  await inSession()
  useTyping()
})
afterEach(() => useTyping().stopped())

const told = () => server.received('typing').length
const typesFor = (ms: number) => {
  for (let passed = 0; passed <= ms; passed += 500) {
    useTyping().typed('room')
    vi.advanceTimersByTime(500)
  }
}
const isTyping = () => server.push({ action: 'somebodyTypes', roomId: 'room', userId: BOB.userId })

it('is told once somebody has typed for a while, and again now and then', () => {
  typesFor(FIRST_AFTER_MS - 500)
  expect(told()).toBe(0)

  typesFor(1_000)
  expect(told()).toBe(1)

  typesFor(AGAIN_AFTER_MS)
  expect(told()).toBe(2)
})

it('begins anew after a message, and after a pause', () => {
  typesFor(FIRST_AFTER_MS)
  useTyping().stopped()
  useTyping().typed('room')
  expect(told()).toBe(1)

  vi.advanceTimersByTime(60_000)
  useTyping().typed('room')
  expect(told()).toBe(1)
})

it('is shown for a moment, and no longer than until the message', () => {
  isTyping()
  expect(useTyping().of('room')).toEqual([BOB.userId])
  server.push(pushed(aMessage(1)))
  expect(useTyping().of('room')).toEqual([])

  isTyping()
  vi.advanceTimersByTime(SHOWN_MS - 1)
  isTyping()
  vi.advanceTimersByTime(SHOWN_MS - 1)
  expect(useTyping().of('room')).toEqual([BOB.userId])
  vi.advanceTimersByTime(1)
  expect(useTyping().of('room')).toEqual([])
})
