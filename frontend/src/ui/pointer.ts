/** Fingers and no keyboard of its own: focusing a field opens one on the screen, and its Enter begins a new line. */
export function isTouchOnly(): boolean {
  return matchMedia('(hover: none) and (pointer: coarse)').matches
}
