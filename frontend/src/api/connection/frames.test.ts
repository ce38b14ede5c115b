import { describe, expect, it } from 'vitest'
import { parseFrame } from './frames'
import { utf8Bytes } from '../size'

describe('a frame', () => {
  it('with a known action is an event', () => {
    const frame = parseFrame('{"action":"pong","time":1,"heads":{}}')
    expect(frame).toEqual({ kind: 'event', event: { action: 'pong', time: 1, heads: {} } })
  })

  it('with a message and no action is an error of API Gateway', () => {
    const frame = parseFrame(
      '{"message":"Internal server error","connectionId":"c=","requestId":"r="}',
    )
    expect(frame).toEqual({ kind: 'gatewayError', message: 'Internal server error' })
  })

  it.each(['', 'null', '7', '[]', '{', '{"action":"fromTheFuture"}', '{"action":3}'])(
    'like %s is left alone',
    (data) => expect(parseFrame(data)).toEqual({ kind: 'unknown' }),
  )
})

it('texts are measured in bytes of UTF-8', () => {
  expect(utf8Bytes('aé€😀')).toBe(1 + 2 + 3 + 4)
})
