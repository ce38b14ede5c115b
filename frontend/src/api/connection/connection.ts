import type { AccessToken } from '@/shared/accessToken'
import type { AnsweredCommand, ReplyTo } from '@/api/replies'
import type { Command, ServerEvent } from '@/api/types.gen'
import { backoff } from './backoff'
import { CloseCode } from './closeCodes'
import { isRateLimit, OutcomeUnknown, Refused } from '../errors'
import { fetchInitialState, type WholeState } from '../fetchInitialState'
import { keepAlive, PROBE_TIMEOUT_MS } from './keepAlive'
import { MIN_TOKEN_MS, MIN_TOKEN_AT_REPLACEMENT_MS, msUntilReplacement } from './replacement'
import { ParleySocket } from './socket'
import { signal, wait } from '../wait'

/** A connection that ends sooner counts as a failed attempt, or a flapping one would never back off. */
const STABLE_MS = 10_000
/** A browser cannot see why a handshake failed; now and then it may have been the token. */
const ATTEMPTS_PER_FORCED_REFRESH = 4

/** A probe that is unanswered for so long when the network returns is not worth waiting for. */
const IMPATIENT_MS = 1_000
/** Nor is an attempt to connect that has taken so long; a slow network may need some of it. */
const SLOW_OPENING_MS = 3_000

export interface ConnectionHandlers {
  url: string
  /** A token that lasts at least so long. Rejects with `SignedOut` when there is none to be had. */
  accessToken: (atLeastMs: number) => Promise<AccessToken>
  roomsToCheck: () => string[]
  onState: (state: WholeState) => void
  onEvent: (event: ServerEvent) => void
  onConnected: (connected: boolean) => void
}

/** Keeps one person connected: opens, greets, replaces before the end, and comes back after a loss. */
export class Connection {
  private current: ParleySocket | undefined
  private opening: { socket: ParleySocket; since: number } | undefined
  private stopped = false
  private attempt = 0
  private wake = signal()
  private replace = signal()
  private tokenRefused = false
  private probing: { since: number; isAlive: Promise<boolean> } | undefined

  constructor(private readonly handlers: ConnectionHandlers) {}

  /** Ends when `stop` is called, or rejects when there is no token to be had any more. */
  async run(): Promise<void> {
    while (!this.stopped) {
      let atLeast = 0
      try {
        const { socket, tokenEndsAt } = await this.open()
        const since = Date.now()
        await this.untilEndOrReplacement(socket, tokenEndsAt)
        if (Date.now() - since >= STABLE_MS) this.attempt = 0
        if (!socket.isClosed && !this.tokenRefused) continue
      } catch (error) {
        if (error instanceof Error && error.name === 'SignedOut') throw error
        if (isRateLimit(error)) atLeast = error.retryAfterMs ?? 0
      }
      if (!this.stopped) await this.pause(atLeast + backoff(this.attempt++))
    }
  }

  stop(): void {
    this.stopped = true
    this.wake.fire()
    this.opening?.socket.close()
    this.current?.close()
  }

  /** The network may be back or gone: try now instead of later. */
  reconnectNow(): void {
    this.attempt = 0
    if (!this.current) this.hurryOpening()
    else if (!this.probing) void this.probe()
    else if (Date.now() - this.probing.since > IMPATIENT_MS) {
      this.current.close(CloseCode.Unresponsive)
    }
  }

  async request<C extends AnsweredCommand>(command: C): Promise<ReplyTo<C>> {
    const socket = this.current
    if (!socket) throw new OutcomeUnknown('not connected')
    try {
      return await socket.request(command)
    } catch (error) {
      if (error instanceof OutcomeUnknown) void this.probe()
      if (isTokenRefusal(error)) this.renewToken()
      throw error
    }
  }

  /** Says something that nothing answers; without a connection nobody hears it. */
  tell(command: Command): void {
    this.current?.tell(command)
  }

  /** Asks for a sign of life, and closes a connection that gives none. Who asks meanwhile gets the same answer. */
  probe(): Promise<boolean> {
    const socket = this.current
    if (!socket) return Promise.resolve(false)
    this.probing ??= {
      since: Date.now(),
      isAlive: this.isAlive(socket).finally(() => (this.probing = undefined)),
    }
    return this.probing.isAlive
  }

  private async isAlive(socket: ParleySocket): Promise<boolean> {
    try {
      await socket.request(
        { action: 'ping', rooms: this.handlers.roomsToCheck() },
        PROBE_TIMEOUT_MS,
      )
      return true
    } catch (error) {
      if (isTokenRefusal(error)) this.renewToken()
      const isSilent = Date.now() - socket.lastHeardAt >= PROBE_TIMEOUT_MS
      if (error instanceof OutcomeUnknown && isSilent) socket.close(CloseCode.Unresponsive)
      return !isSilent && !socket.isClosed
    }
  }

  private async open(): Promise<{ socket: ParleySocket; tokenEndsAt: number }> {
    const token = await this.handlers.accessToken(this.tokenMustLast())
    if (this.stopped) throw new OutcomeUnknown('stopped')
    this.tokenRefused = false
    const socket = new ParleySocket(this.handlers.url, token.token)
    this.opening = { socket, since: Date.now() }
    try {
      await socket.opened
      const { state, heldBack } = await fetchInitialState(socket)
      this.activate(socket)
      this.handlers.onState(state)
      heldBack.forEach(this.handlers.onEvent)
    } catch (error) {
      if (isTokenRefusal(error)) this.tokenRefused = true
      socket.close()
      throw error
    } finally {
      this.opening = undefined
    }
    return { socket, tokenEndsAt: token.expiresAt }
  }

  /** An attempt that began while the network was away may wait for an answer that never comes. */
  private hurryOpening(): void {
    this.wake.fire()
    if (this.opening && Date.now() - this.opening.since > SLOW_OPENING_MS)
      this.opening.socket.close()
  }

  private tokenMustLast(): number {
    const suspect = this.attempt % ATTEMPTS_PER_FORCED_REFRESH === ATTEMPTS_PER_FORCED_REFRESH - 1
    if (this.tokenRefused || suspect) return Infinity
    return this.current ? MIN_TOKEN_AT_REPLACEMENT_MS : MIN_TOKEN_MS
  }

  private activate(socket: ParleySocket): void {
    if (this.stopped) throw new OutcomeUnknown('stopped')
    const previous = this.current
    this.current = socket
    this.replace = signal()
    socket.onEvent = this.handlers.onEvent
    void socket.closed.then(() => this.deactivate(socket))
    void keepAlive(socket, () => this.probe())
    void previous?.retire()
    this.handlers.onConnected(true)
  }

  private deactivate(socket: ParleySocket): void {
    if (this.current !== socket) return
    this.current = undefined
    this.handlers.onConnected(false)
  }

  private async untilEndOrReplacement(socket: ParleySocket, tokenEndsAt: number): Promise<void> {
    const ms = msUntilReplacement(Date.now(), tokenEndsAt)
    await wait(ms, Promise.race([socket.closed, this.replace.promise]))
  }

  private renewToken(): void {
    this.tokenRefused = true
    this.replace.fire()
  }

  private async pause(ms: number): Promise<void> {
    this.wake = signal()
    await wait(ms, this.wake.promise)
  }
}

function isTokenRefusal(error: unknown): boolean {
  return (
    error instanceof Refused && (error.code === 'tokenExpired' || error.code === 'unauthorized')
  )
}
