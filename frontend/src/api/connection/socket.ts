import { parseFrame } from '@/api/connection/frames'
import type { AnsweredCommand, ReplyTo } from '@/api/replies'
import {
  SUBPROTOCOL,
  TOKEN_SUBPROTOCOL_PREFIX,
  type Command,
  type ServerEvent,
} from '@/api/types.gen'
import { CloseCode } from './closeCodes'
import { OutcomeUnknown } from '../errors'
import { PendingRequests, REQUEST_TIMEOUT_MS } from './pendingRequests'
import { signal, wait } from '../wait'

/** Browsers let a handshake wait for minutes that a dead network has swallowed. */
const OPEN_TIMEOUT_MS = 10_000

/**
 * One WebSocket: it opens once and closes once. The token travels as a subprotocol, because a browser can set no
 * header here and URLs are logged.
 */
export class ParleySocket {
  /** Pushes, and replies too: a reply may carry news for more than the one who asked. */
  onEvent: (event: ServerEvent) => void = () => undefined
  readonly opened: Promise<void>
  readonly closed: Promise<void>
  isClosed = false
  lastSentAt = Date.now()
  lastHeardAt = Date.now()

  private readonly socket: WebSocket
  private readonly requests = new PendingRequests()
  private readonly end = signal()

  constructor(url: string, token: string) {
    this.closed = this.end.promise
    this.socket = new WebSocket(url, [SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX + token])
    this.opened = new Promise((resolve, reject) => {
      this.socket.onopen = () => resolve()
      void this.closed.then(() => reject(new OutcomeUnknown('the connection did not open')))
    })
    void this.openInTime()
    this.socket.onmessage = ({ data }) => this.receive(data)
    this.socket.onclose = () => this.finish()
    this.socket.onerror = () => undefined // a close event follows
  }

  async request<C extends AnsweredCommand>(
    command: C,
    timeoutMs = REQUEST_TIMEOUT_MS,
  ): Promise<ReplyTo<C>> {
    if (this.socket.readyState !== WebSocket.OPEN) throw new OutcomeUnknown('not connected')
    const requestId = crypto.randomUUID()
    const reply = this.requests.add(requestId, timeoutMs)
    this.socket.send(JSON.stringify({ ...command, requestId }, wellFormed))
    this.lastSentAt = Date.now()
    return (await reply) as ReplyTo<C>
  }

  /** Says something that nothing answers, if it can be said now. */
  tell(command: Command): void {
    if (this.socket.readyState !== WebSocket.OPEN) return
    this.socket.send(JSON.stringify(command, wellFormed))
    this.lastSentAt = Date.now()
  }

  /** Lets what is under way finish, then closes. For a connection that has been replaced. */
  async retire(graceMs = 5_000): Promise<void> {
    const deadline = Date.now() + graceMs
    while (this.requests.size > 0 && Date.now() < deadline && !this.isClosed) {
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    this.close()
  }

  /** Ends it at once: a dead network would take minutes to finish a closing handshake. */
  close(code: CloseCode.Normal | CloseCode.Unresponsive = CloseCode.Normal): void {
    this.socket.close(code)
    this.finish()
  }

  private async openInTime(): Promise<void> {
    await wait(
      OPEN_TIMEOUT_MS,
      this.opened.catch(() => undefined),
    )
    if (this.socket.readyState === WebSocket.CONNECTING) this.close()
  }

  private receive(data: unknown): void {
    if (this.isClosed) return
    this.lastHeardAt = Date.now()
    const frame = parseFrame(data)
    if (frame.kind === 'gatewayError') {
      // It names no request of ours, so none can count as answered; all of them may be asked again.
      this.requests.failAll(frame.message)
    } else if (frame.kind === 'event') {
      this.onEvent(frame.event)
      this.requests.settle(frame.event)
    }
  }

  private finish(): void {
    if (this.isClosed) return
    this.isClosed = true
    this.requests.failAll('the connection closed')
    this.end.fire()
  }
}

/** Half a surrogate pair, as half an emoji leaves it, is no text: no server could read the frame. */
function wellFormed(_: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\uFFFD') : value
}
