import type { Person, Quoted } from '@/api/types.gen'
import { safeStorage } from '@/shared/safeStorage'

/** A message on its way. The id makes sending it again safe. */
export interface OutboxEntry {
  clientMessageId: string
  roomId: string
  message: string
  createdAt: number
  state: 'sending' | 'failed'
  /** Why it failed, in words. */
  reason?: string
  /** Whom it mentions, and which message it quotes. */
  mentions?: Person[]
  mentionsRoom?: boolean
  quoted?: Quoted
}

/**
 * Entries live in localStorage under keys of their own, by person: two tabs then never overwrite each other's, and a
 * second person on this browser sends nothing of the first's.
 */
export class OutboxStorage {
  constructor(private readonly userId: string) {}

  load(): OutboxEntry[] {
    return safeStorage
      .keys()
      .filter((key) => key.startsWith(this.prefix))
      .flatMap((key) => parse(safeStorage.getItem(key)))
      .sort((a, b) => a.createdAt - b.createdAt)
  }

  /** Whether it survives the page. */
  save(entry: OutboxEntry): boolean {
    return safeStorage.setItem(this.prefix + entry.clientMessageId, JSON.stringify(entry))
  }

  has(clientMessageId: string): boolean {
    return safeStorage.getItem(this.prefix + clientMessageId) !== null
  }

  remove(clientMessageId: string): void {
    safeStorage.removeItem(this.prefix + clientMessageId)
  }

  /** Calls back when another tab of this person has saved an entry, or removed it (undefined). */
  watch(changed: (clientMessageId: string, entry: OutboxEntry | undefined) => void): () => void {
    const listener = ({ key, newValue }: StorageEvent): void => {
      if (!key?.startsWith(this.prefix)) return
      changed(key.slice(this.prefix.length), parse(newValue)[0])
    }
    addEventListener('storage', listener)
    return () => removeEventListener('storage', listener)
  }

  private get prefix(): string {
    return `parley.outbox.${this.userId}.`
  }
}

/** The entry in a text, if there is one: other tabs, older versions and extensions write to this storage too. */
function parse(text: string | null): OutboxEntry[] {
  try {
    const value: unknown = text === null ? undefined : JSON.parse(text)
    return isEntry(value) ? [value] : []
  } catch {
    return []
  }
}

function isEntry(value: unknown): value is OutboxEntry {
  if (typeof value !== 'object' || value === null) return false
  const entry = value as Partial<Record<keyof OutboxEntry, unknown>>
  return (
    typeof entry.clientMessageId === 'string' &&
    typeof entry.roomId === 'string' &&
    typeof entry.message === 'string' &&
    Number.isFinite(entry.createdAt) &&
    (entry.state === 'sending' || entry.state === 'failed') &&
    (entry.reason === undefined || typeof entry.reason === 'string') &&
    (entry.mentions === undefined || Array.isArray(entry.mentions))
  )
}
