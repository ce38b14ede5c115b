import { beforeEach, describe, expect, it, vi } from 'vitest'
import { SignedOut, type AccessToken } from '@/shared/accessToken'
import type { ServerEvent } from '@/api/types.gen'
import {
  aMessage,
  aRoom,
  pong,
  pushed,
  refusal,
  roomsPage,
  sent,
  welcome,
} from '@/testing/builders'
import { FakeServer } from '@/testing/fakeServer'
import { HOUR, settle, signedIn, URL } from '@/testing/signedIn'
import { OutcomeUnknown } from './errors'
import type { WholeState } from './fetchInitialState'
import { useWebSocket } from './useWebSocket'

const MINUTE = 60_000
let server: FakeServer
let log: (WholeState | ServerEvent)[]
const accessToken = vi.fn<(atLeastMs: number) => Promise<AccessToken>>()

beforeEach(async () => {
  server = new FakeServer({ hello: () => welcome([aRoom()]), ping: () => pong() })
  log = []
  accessToken.mockReset()
  accessToken.mockImplementation(async () => ({
    token: 'the-token',
    expiresAt: Date.now() + 24 * HOUR,
  }))
  await signedIn()
})

function start(): Promise<void> {
  return useWebSocket().start({
    url: URL,
    accessToken,
    roomsToCheck: () => ['room'],
    onState: (state) => log.push(state),
    onEvent: (event) => log.push(event),
  })
}

describe('opening', () => {
  it('waits as long as it is told when it said hello too often', async () => {
    server.answers.hello = () => refusal('rateLimited', { retryAfterMs: 30_000 })
    void start()
    await settle(29_900)
    expect(server.received('hello')).toHaveLength(1)
    server.answers.hello = () => welcome([aRoom()])
    await settle(1_000)

    expect(server.received('hello')).toHaveLength(2)
    expect(useWebSocket().connected).toBe(true)
  })

  it('carries the token as a subprotocol, never in the address', async () => {
    void start()
    await settle()

    expect(server.latest.url).toBe(URL)
    expect(server.latest.protocols).toEqual(['parley.v1', 'bearer.the-token'])
  })

  it('says hello first, and is connected when the whole state is there', async () => {
    void start()
    expect(useWebSocket().connected).toBe(false)
    await settle()

    expect(server.commands[0]).toMatchObject({ action: 'hello' })
    expect(useWebSocket().connected).toBe(true)
    expect(log).toMatchObject([{ rooms: [{ roomId: 'room' }] }])
  })

  it('collects every page of the state before it tells it', async () => {
    server.answers.hello = () => welcome([aRoom({ roomId: 'a' })], { hasMore: true, next: 'a' })
    server.answers.getRooms = ({ after }) =>
      after === 'a' ? roomsPage([aRoom({ roomId: 'b' })], 'b') : roomsPage([aRoom({ roomId: 'c' })])
    void start()
    await settle()

    expect(log).toHaveLength(1)
    expect(log).toMatchObject([{ rooms: [{ roomId: 'a' }, { roomId: 'b' }, { roomId: 'c' }] }])
  })

  it('tells pushes that arrive between the pages after the state', async () => {
    server.answers.hello = () => welcome([], { hasMore: true, next: 'a' })
    server.answers.getRooms = () => {
      server.push(pushed(aMessage(1)))
      return roomsPage([aRoom()])
    }
    void start()
    await settle()

    expect(log).toMatchObject([{ rooms: [{ roomId: 'room' }] }, { action: 'message', seq: 1 }])
  })

  it('asks for a token with at least a minute left', async () => {
    void start()
    await settle()

    expect(accessToken).toHaveBeenCalledWith(MINUTE)
  })

  it('ends when there is no token to be had', async () => {
    accessToken.mockRejectedValue(new SignedOut())

    await expect(start()).rejects.toThrow(SignedOut)
    expect(server.sockets).toHaveLength(0)
  })

  it('tries again when hello is not answered', async () => {
    server.answers.hello = () => undefined
    void start()
    await settle(20_000)
    server.answers.hello = () => welcome([aRoom()])
    await settle(500)

    expect(server.sockets).toHaveLength(2)
    expect(useWebSocket().connected).toBe(true)
  })
})

describe('a handshake that nobody answers', () => {
  beforeEach(async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0)
    server.answersHandshakes = false
    void start()
    await settle()
    server.answersHandshakes = true
  })

  it('is given up after 10 s, and begun anew', async () => {
    await settle(9_900)
    expect(server.sockets).toHaveLength(1)
    await settle(200)

    expect(server.sockets).toHaveLength(2)
    expect(useWebSocket().connected).toBe(true)
  })

  it('is begun anew at once when somebody asks for it', async () => {
    await settle(3_500)
    useWebSocket().retryNow()
    await settle()

    expect(useWebSocket().connected).toBe(true)
  })

  it('is given its time when it has just begun', async () => {
    await settle(2_500)
    useWebSocket().retryNow()
    await settle()

    expect(server.sockets).toHaveLength(1)
  })
})

describe('coming back', () => {
  it('happens within half a second of a loss, and tells the state anew', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(1)
    void start()
    await settle(MINUTE)
    server.drop()
    await settle()
    expect(useWebSocket().connected).toBe(false)
    await settle(500)

    expect(useWebSocket().connected).toBe(true)
    expect(log).toHaveLength(2)
  })

  it('waits longer and longer while it fails', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(1)
    server.accepts = false
    void start()
    const attempts = []
    for (let seconds = 0; seconds < 60; seconds++) {
      await settle(1_000)
      attempts.push(server.sockets.length)
    }

    // the first at once, then after 0.5, 1, 2, 4, 8, 16 and 20 s
    expect(attempts[0]).toBe(2)
    expect(attempts[2]).toBe(3)
    expect(attempts[30]).toBe(6)
    expect(attempts[59]).toBe(8)
  })

  it('does not wait when the browser is online again', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(1)
    server.accepts = false
    void start()
    await settle(40_000)
    server.accepts = true
    dispatchEvent(new Event('online'))
    await settle()

    expect(useWebSocket().connected).toBe(true)
  })

  it('does not keep a connection that is silent when the browser is online again', async () => {
    void start()
    await settle(MINUTE)
    server.answers.ping = () => undefined
    dispatchEvent(new Event('offline'))
    expect(useWebSocket().online).toBe(false)
    await settle(2_000)
    dispatchEvent(new Event('online'))
    await settle(500)

    expect(server.sockets).toHaveLength(2)
    expect(useWebSocket().connected).toBe(true)
  })

  it('is not needed where the browser is wrong about being offline', async () => {
    void start()
    await settle()
    dispatchEvent(new Event('offline'))
    await settle()

    expect(useWebSocket().online).toBe(true)
    expect(server.sockets).toHaveLength(1)
  })

  it('backs off from a server that accepts and drops', async () => {
    server.answers.hello = () => {
      queueMicrotask(() => queueMicrotask(() => server.drop()))
      return welcome([aRoom()])
    }
    vi.spyOn(Math, 'random').mockReturnValue(1)
    void start()
    await settle(30_000)

    expect(server.sockets.length).toBeLessThan(8)
  })

  it('renews the token now and then: a refused handshake looks like any other failure', async () => {
    server.accepts = false
    void start()
    await settle(2 * MINUTE)

    expect(accessToken).toHaveBeenCalledWith(Infinity)
    expect(accessToken).toHaveBeenCalledWith(MINUTE)
  })
})

describe('replacing', () => {
  it('opens the new connection before it closes the old one', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0)
    void start()
    await settle()
    server.answers.hello = () => undefined
    await settle(60 * MINUTE)
    expect(server.sockets).toHaveLength(2)
    expect(server.sockets[0]?.readyState).toBe(WebSocket.OPEN)
    expect(useWebSocket().connected).toBe(true)

    server.latest.deliver({ ...welcome([]), requestId: server.received('hello').at(-1)?.requestId })
    await settle(10_000)

    expect(server.sockets.map((socket) => socket.readyState)).toEqual([
      WebSocket.CLOSED,
      WebSocket.OPEN,
    ])
  })

  it('happens before the token ends, with one that lasts longer', async () => {
    accessToken.mockImplementation(async () => ({
      token: 'short',
      expiresAt: Date.now() + 30 * MINUTE,
    }))
    void start()
    await settle(29 * MINUTE)

    expect(server.sockets).toHaveLength(2)
    expect(accessToken).toHaveBeenLastCalledWith(10 * MINUTE)
  })

  it('follows at once, with a renewed token, when the server says that it has ended', async () => {
    server.answers.getMembers = () => refusal('tokenExpired')
    void start()
    await settle()
    await expect(useWebSocket().request({ action: 'getMembers', roomId: 'room' })).rejects.toThrow()
    await settle(500)

    expect(server.sockets).toHaveLength(2)
    expect(accessToken).toHaveBeenLastCalledWith(Infinity)
  })
})

describe('asking', () => {
  const command = {
    action: 'sendMessage',
    roomId: 'room',
    message: 'Hi',
    clientMessageId: 'c',
  } as const

  it('gives each command the answer with its requestId', async () => {
    server.answers.sendMessage = (each) => sent(each, each.message === 'one' ? 1 : 2)
    void start()
    await settle()
    const socket = useWebSocket()
    const [one, two] = await Promise.all([
      socket.request({ ...command, message: 'one' }),
      socket.request({ ...command, message: 'two' }),
    ])

    expect([one.seq, two.seq]).toEqual([1, 2])
  })

  it('ends with the time of who asked: nothing is done in the name of whoever comes next', async () => {
    void start()
    await settle()
    server.accepts = false
    server.drop()
    const answer = expect(useWebSocket().ask(command)).rejects.toThrow(OutcomeUnknown)
    await settle(5_000)
    useWebSocket().stop()
    server.accepts = true
    void start()
    await settle(MINUTE)

    await answer
    expect(useWebSocket().connected).toBe(true)
    expect(server.received('sendMessage')).toEqual([])
  })

  it('asks again after an error frame of API Gateway', async () => {
    let times = 0
    server.answers.sendMessage = (each) => {
      if (++times > 1) return sent(each, 1)
      server.latest.deliver({ message: 'Internal server error', connectionId: 'c', requestId: 'x' })
      return undefined
    }
    void start()
    await settle()
    const answer = useWebSocket().ask(command)
    await settle(2_000)

    expect((await answer).seq).toBe(1)
    expect(times).toBe(2)
  })

  it('waits as long as it is told when it was too fast', async () => {
    let times = 0
    server.answers.sendMessage = (each) =>
      ++times > 1 ? sent(each, 1) : refusal('rateLimited', { retryAfterMs: 3_000 })
    void start()
    await settle()
    const answer = useWebSocket().ask(command)
    await settle(2_900)
    expect(times).toBe(1)
    await settle(200)

    expect((await answer).seq).toBe(1)
  })

  it('does not ask again what was refused', async () => {
    server.answers.sendMessage = () => refusal('forbidden')
    void start()
    await settle()

    await expect(useWebSocket().ask(command)).rejects.toMatchObject({ code: 'forbidden' })
    expect(server.received('sendMessage')).toHaveLength(1)
  })

  it('gives up on an answer after 15 s, and on a connection that gives no sign of life', async () => {
    void start()
    await settle()
    server.answers.ping = () => undefined
    const refused = expect(useWebSocket().request(command)).rejects.toThrow(OutcomeUnknown)
    await settle(15_000)
    await refused
    await settle(10_500)

    expect(server.sockets.length).toBeGreaterThan(1)
  })
})

describe('keeping alive', () => {
  it('pings after four to five minutes of silence, with the rooms to check', async () => {
    void start()
    await settle(4 * MINUTE - 1)
    expect(server.received('ping')).toHaveLength(0)
    await settle(MINUTE + 1)

    expect(server.received('ping')).toMatchObject([{ rooms: ['room'] }])
  })

  it('does not ping while there is something else to say', async () => {
    server.answers.markRead = () => ({
      action: 'roomsRead',
      rooms: [{ roomId: 'room', lastReadSeq: 1 }],
    })
    void start()
    await settle()
    for (let minute = 0; minute < 12; minute += 3) {
      await settle(3 * MINUTE)
      await useWebSocket().request({ action: 'markRead', rooms: [{ roomId: 'room', seq: 1 }] })
    }

    expect(server.received('ping')).toHaveLength(0)
  })
})
