import { afterEach, beforeEach, expect, it } from 'vitest'
import { catchKeys } from './earlyKeys'

const field = document.createElement('textarea')
document.body.append(field)
let caught: ReturnType<typeof catchKeys>
beforeEach(() => (caught = catchKeys()))
afterEach(() => caught.stop())

/** Whether the field, which has the focus, is left without the key. */
function press(key: string, more: KeyboardEventInit = {}): boolean {
  const init = { key, bubbles: true, cancelable: true, ...more }
  return !field.dispatchEvent(new KeyboardEvent('keydown', init))
}

it('keeps what is typed from the field, and hands it over', () => {
  for (const key of ['r', 'e', 'x', 'Backspace', 'd', 'Shift']) press(key)
  expect(press('Enter')).toBe(true)

  expect(caught.stop()).toEqual({ text: 'red', entered: true, cancelled: false })
})

it('takes Escape for a change of mind', () => {
  press('Escape')

  expect(caught.stop().cancelled).toBe(true)
})

it('leaves shortcuts and input methods alone, and everything once it is stopped', () => {
  expect(press('k', { ctrlKey: true })).toBe(false)
  expect(press('に', { isComposing: true })).toBe(false)
  caught.stop()
  expect(press('a')).toBe(false)

  expect(caught.stop()).toEqual({ text: '', entered: false, cancelled: false })
})
