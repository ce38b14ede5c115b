import { defineStore } from 'pinia'
import type { WholeState } from './fetchInitialState'
import type { ServerEvent } from './types.gen'

/** What a store does in one person's session. Whoever keeps something of a person registers how it is cleared. */
export interface SessionPart {
  /** The person is signed in. */
  open?(userId: string): void
  /** After each connection: everything as of now. */
  onState?(state: WholeState): void
  /** Everything that arrives, replies and pushes alike. */
  onEvent?(event: ServerEvent): void
  /** The session has ended: nothing of the person may be left in memory. */
  reset(): void
  /** The person signs out themselves: nothing of theirs may be left in this browser. */
  forget?(userId: string): void
}

/** The stores that take part in a session, in the order in which they are first used. */
export const useSessionParts = defineStore('sessionParts', () => {
  const parts: SessionPart[] = []

  const register = (part: SessionPart): void => void parts.push(part)

  return {
    register,
    open: (userId: string) => parts.forEach((part) => part.open?.(userId)),
    onState: (state: WholeState) => parts.forEach((part) => part.onState?.(state)),
    onEvent: (event: ServerEvent) => parts.forEach((part) => part.onEvent?.(event)),
    reset: () => parts.forEach((part) => part.reset()),
    forget: (userId: string) => parts.forEach((part) => part.forget?.(userId)),
  }
})
