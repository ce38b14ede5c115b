/** Resolves after `ms`, or as soon as `until` does. */
export function wait(ms: number, until?: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    void until?.then(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/** A promise that somebody else resolves. */
export function signal(): { promise: Promise<void>; fire: () => void } {
  let fire: () => void = () => undefined
  const promise = new Promise<void>((resolve) => (fire = resolve))
  return { promise, fire }
}
