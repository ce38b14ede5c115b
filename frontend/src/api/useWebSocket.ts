import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { AnsweredCommand, ReplyTo, SilentCommand } from '@/api/replies'
import { backoff } from './connection/backoff'
import { Connection, type ConnectionHandlers } from './connection/connection'
import { OutcomeUnknown, Refused } from './errors'
import { signal, wait } from './wait'

/** How often a command is asked before its asker is told that there is no answer. */
const ASK_ATTEMPTS = 6
/** How long a command waits for a connection. */
const CONNECT_PATIENCE_MS = 30_000

export type SocketUser = Omit<ConnectionHandlers, 'onConnected'>

/** The connection of the person who is signed in, and what it is like at the moment. */
export const useWebSocket = defineStore('webSocket', () => {
  const connected = ref(false)
  /** False from the browser's word that there is no network until something is heard again. */
  const online = ref(navigator.onLine)
  let connection: Connection | undefined
  let connecting = signal()
  /** Grows when a person's time ends: what they asked for is not asked again on another's connection. */
  let ended = 0

  /** Connects and stays connected. Resolves after `stop`; rejects when no token is to be had any more. */
  async function start(user: SocketUser): Promise<void> {
    stop()
    const mine = new Connection({ ...user, onConnected })
    connection = mine
    addEventListener('online', onOnline)
    addEventListener('offline', onOffline)
    document.addEventListener('visibilitychange', onVisible)
    try {
      await mine.run()
    } finally {
      if (connection === mine) stop()
    }
  }

  function stop(): void {
    if (connection) {
      ended++
      connection.stop()
      connection = undefined
    }
    onConnected(false)
    wakeWaiting()
    removeEventListener('online', onOnline)
    removeEventListener('offline', onOffline)
    document.removeEventListener('visibilitychange', onVisible)
  }

  /** One try, on the connection as it is. */
  async function request<C extends AnsweredCommand>(command: C): Promise<ReplyTo<C>> {
    if (!connection) throw new OutcomeUnknown('not connected')
    return connection.request(command)
  }

  /** Asks until there is an answer, for a while. For commands that may safely be repeated, as all of ours are. */
  async function ask<C extends AnsweredCommand>(command: C): Promise<ReplyTo<C>> {
    const session = ended
    for (let attempt = 0; ; attempt++) {
      await untilConnected(CONNECT_PATIENCE_MS)
      if (ended !== session) throw new OutcomeUnknown('signed out')
      try {
        return await request(command)
      } catch (error) {
        const delay = retryDelay(error, attempt)
        if (delay === undefined || attempt + 1 >= ASK_ATTEMPTS) throw error
        await wait(delay)
      }
    }
  }

  /** Says something that nothing answers and that is worth nothing later. */
  const tell = (command: SilentCommand): void => connection?.tell(command)

  async function untilConnected(patienceMs = Infinity): Promise<void> {
    if (connected.value) return
    await (patienceMs === Infinity ? connecting.promise : wait(patienceMs, connecting.promise))
  }

  function wakeWaiting(): void {
    connecting.fire()
    connecting = signal()
  }

  function onConnected(now: boolean): void {
    if (connected.value && !now) connecting = signal() // those who wait already keep waiting for the same
    connected.value = now
    if (!now) return
    online.value = true
    connecting.fire()
  }

  function onOnline(): void {
    online.value = true
    connection?.reconnectNow()
  }

  /** A person does not want to wait for the next attempt. */
  function retryNow(): void {
    connection?.reconnectNow()
  }

  /** The browser may be wrong about a server on this very machine, so the connection is asked, not closed. */
  async function onOffline(): Promise<void> {
    online.value = false
    if (await connection?.probe()) online.value = true
  }

  function onVisible(): void {
    if (document.visibilityState === 'visible') connection?.reconnectNow()
  }

  return { connected, online, start, stop, retryNow, request, ask, tell, untilConnected }
})

/** How long to wait before asking again, or undefined when that cannot help. */
export function retryDelay(error: unknown, attempt: number): number | undefined {
  if (error instanceof OutcomeUnknown) return backoff(attempt)
  if (!(error instanceof Refused)) return undefined
  if (error.code === 'rateLimited') return error.retryAfterMs ?? backoff(attempt + 1)
  if (error.code === 'tokenExpired' || error.code === 'unauthorized') return backoff(attempt + 2)
  return undefined
}
