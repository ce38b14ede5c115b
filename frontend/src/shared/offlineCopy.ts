import { createStore, delMany, get, keys, set, type UseStore } from 'idb-keyval'

/**
 * What a person last saw, kept in this browser's IndexedDB so that a reload without a network shows it. A convenience:
 * where the browser has or gives no such storage, nothing is kept, and nothing fails.
 */
let store: UseStore | undefined
const opened = (): UseStore => (store ??= createStore('parley', 'copies'))

/** Keeps a copy of plain data under a name. */
export async function keepCopy(userId: string, name: string, value: unknown): Promise<void> {
  try {
    await set(keyOf(userId, name), JSON.stringify(value), opened())
  } catch {
    // full, or forbidden
  }
}

/** The copy, if there is one that can be read. Its shape is that of the version that kept it: see `COPY_VERSION`. */
export async function readCopy<T>(userId: string, name: string): Promise<T | undefined> {
  try {
    const text = await get<string>(keyOf(userId, name), opened())
    return text === undefined ? undefined : (JSON.parse(text) as T)
  } catch {
    return undefined
  }
}

/** Deletes one copy, or all of a person. */
export async function deleteCopies(userId: string, name?: string): Promise<void> {
  try {
    const own = name === undefined ? prefixOf(userId) : keyOf(userId, name)
    const all = await keys<string>(opened())
    const gone = all.filter((key) => (name === undefined ? key.startsWith(own) : key === own))
    await delMany(gone, opened())
  } catch {
    // then there is nothing to delete
  }
}

/** Changes with the shape of what is kept: a copy of another version is not read. */
const COPY_VERSION = 1
const prefixOf = (userId: string): string => `${COPY_VERSION} ${userId} `
const keyOf = (userId: string, name: string): string => prefixOf(userId) + name
