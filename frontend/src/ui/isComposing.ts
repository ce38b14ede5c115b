/** Of the key events of an input method while it is composing; Safari's last one is told by its code alone. */
const INPUT_METHOD = 229

/** Whether a key belongs to an input method, as Enter does that takes a word from its list. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === INPUT_METHOD
}

/** A handler of keys that leaves those of an input method alone. */
export function unlessComposing(handle: (event: KeyboardEvent) => void) {
  return (event: KeyboardEvent): void => {
    if (!isComposing(event)) handle(event)
  }
}
