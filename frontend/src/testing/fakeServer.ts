import { vi } from 'vitest'
import type { Replies } from '@/api/replies'
import type { Command, ServerEvent } from '@/api/types.gen'

type Named<A> = Extract<Command, { action: A }>
/** Answers by action; undefined is no answer at all, as when a frame is lost. */
export type Answers = {
  [A in keyof Replies]?: (command: Named<A>) => ServerEvent | undefined
}

/** A server for tests: accepts connections, notes what it is sent, and answers as it is told. */
export class FakeServer {
  readonly sockets: FakeSocket[] = []
  readonly commands: Command[] = []
  /** False: connections are refused, as by a network that is down. */
  accepts = true
  /** Whether a handshake is answered at all; a network that is gone swallows it. */
  answersHandshakes = true
  answers: Answers

  constructor(answers: Answers) {
    this.answers = answers
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the constructor below has a `this` of its own
    const server = this
    vi.stubGlobal(
      'WebSocket',
      class extends FakeSocket {
        constructor(url: string, protocols: string[]) {
          super(server, url, protocols)
        }
      },
    )
  }

  get latest(): FakeSocket {
    const socket = this.sockets.at(-1)
    if (!socket) throw new Error('nobody has connected')
    return socket
  }

  received<A extends Command['action']>(action: A): Named<A>[] {
    return this.commands.filter((command): command is Named<A> => command.action === action)
  }

  push(event: ServerEvent): void {
    for (const socket of this.sockets)
      if (socket.readyState === FakeSocket.OPEN) socket.deliver(event)
  }

  drop(): void {
    for (const socket of this.sockets) socket.drop()
  }
}

export class FakeSocket {
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  static readonly CLOSING = 2
  static readonly CLOSED = 3

  readyState = FakeSocket.CONNECTING
  onopen: () => void = () => undefined
  onmessage: (event: { data: string }) => void = () => undefined
  onclose: (event: { code: number }) => void = () => undefined

  constructor(
    private readonly server: FakeServer,
    readonly url: string,
    readonly protocols: string[],
  ) {
    server.sockets.push(this)
    if (!server.answersHandshakes) return
    queueMicrotask(() => (server.accepts ? this.accept() : this.drop()))
  }

  send(data: string): void {
    const command = JSON.parse(data) as Command
    this.server.commands.push(command)
    queueMicrotask(() => {
      if (command.action === 'typing') return // which nothing answers
      const answer = this.server.answers[command.action] as
        ((command: Command) => ServerEvent | undefined) | undefined
      const event = answer?.(command)
      if (event) this.deliver({ ...event, requestId: command.requestId })
    })
  }

  deliver(frame: object): void {
    if (this.readyState === FakeSocket.OPEN) this.onmessage({ data: JSON.stringify(frame) })
  }

  drop(): void {
    if (this.readyState === FakeSocket.CLOSED) return
    this.readyState = FakeSocket.CLOSED
    this.onclose({ code: 1006 })
  }

  close(): void {
    this.drop()
  }

  private accept(): void {
    if (this.readyState !== FakeSocket.CONNECTING) return
    this.readyState = FakeSocket.OPEN
    this.onopen()
  }
}
