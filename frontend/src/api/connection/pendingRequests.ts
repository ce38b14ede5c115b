import type { ServerEvent } from '@/api/types.gen'
import { OutcomeUnknown, Refused } from '../errors'

/** API Gateway ends an integration after 29 s; most answers take a fraction of a second. */
export const REQUEST_TIMEOUT_MS = 15_000

interface Pending {
  resolve: (reply: ServerEvent) => void
  reject: (error: Error) => void
  timer: ReturnType<typeof setTimeout>
}

/** The commands of one connection that wait for an answer, by requestId. */
export class PendingRequests {
  private readonly pending = new Map<string, Pending>()

  get size(): number {
    return this.pending.size
  }

  add(requestId: string, timeoutMs: number): Promise<ServerEvent> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.pending.delete(requestId)
        reject(new OutcomeUnknown('no answer in time'))
      }, timeoutMs)
      this.pending.set(requestId, { resolve, reject, timer })
    })
  }

  /** Whether the event answered one of these requests. */
  settle(event: ServerEvent): boolean {
    const request = event.requestId === undefined ? undefined : this.pending.get(event.requestId)
    if (!request) return false
    this.pending.delete(event.requestId as string)
    clearTimeout(request.timer)
    if (event.action !== 'error') request.resolve(event)
    else if (event.code === 'internal') request.reject(new OutcomeUnknown(event.message))
    else request.reject(new Refused(event))
    return true
  }

  failAll(reason: string): void {
    const all = [...this.pending.values()]
    this.pending.clear()
    for (const { reject, timer } of all) {
      clearTimeout(timer)
      reject(new OutcomeUnknown(reason))
    }
  }
}
