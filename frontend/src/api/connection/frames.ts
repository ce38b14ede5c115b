import { EVENT_ACTIONS, type ServerEvent } from '../types.gen'

/**
 * What a frame from the server turns out to be. API Gateway sends error frames of its own, without an action, when a
 * Lambda fails or is throttled: the outcome of whatever was asked is then unknown.
 */
export type Frame =
  | { kind: 'event'; event: ServerEvent }
  | { kind: 'gatewayError'; message: string }
  | { kind: 'unknown' }

export function parseFrame(data: unknown): Frame {
  const frame = asObject(data)
  if (!frame) return { kind: 'unknown' }
  if (typeof frame.action === 'string') {
    return EVENT_ACTIONS.includes(frame.action)
      ? { kind: 'event', event: frame as unknown as ServerEvent }
      : { kind: 'unknown' }
  }
  return typeof frame.message === 'string'
    ? { kind: 'gatewayError', message: frame.message }
    : { kind: 'unknown' }
}

function asObject(data: unknown): Record<string, unknown> | undefined {
  if (typeof data !== 'string') return undefined
  try {
    const value: unknown = JSON.parse(data)
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}
