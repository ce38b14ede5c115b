/**
 * A browser's storage that never throws. Where it is full, or forbidden, what is set lasts as long as the page;
 * `setItem` tells which.
 */
class Keeper {
  /** What the storage did not take. */
  private readonly here = new Map<string, string>()

  /** Even to ask for a forbidden storage throws. */
  constructor(private readonly storage: () => Storage) {}

  getItem(key: string): string | null {
    return this.here.get(key) ?? this.attempt((storage) => storage.getItem(key)) ?? null
  }

  /** Whether it is there after a reload too. */
  setItem(key: string, value: string): boolean {
    const stored = this.attempt((storage) => (storage.setItem(key, value), true)) ?? false
    if (stored) this.here.delete(key)
    else this.here.set(key, value)
    return stored
  }

  removeItem(key: string): void {
    this.here.delete(key)
    this.attempt((storage) => storage.removeItem(key))
  }

  keys(): string[] {
    return [...new Set([...this.here.keys(), ...(this.attempt(Object.keys) ?? [])])]
  }

  private attempt<T>(use: (storage: Storage) => T): T | undefined {
    try {
      return use(this.storage())
    } catch {
      return undefined
    }
  }
}

export const safeStorage = new Keeper(() => localStorage)
export const keptInTab = new Keeper(() => sessionStorage)
