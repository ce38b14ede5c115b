import { isComposing } from '@/ui/isComposing'

/** What was typed before a dialog could take it. */
export interface EarlyKeys {
  text: string
  /** Enter came after the text. */
  entered: boolean
  /** Escape came: the dialog is not wanted any more. */
  cancelled: boolean
}

/**
 * Catches what is typed while a dialog is being loaded: it is meant for the dialog, and the message field, which still
 * has the focus, would send it. `stop` hands over what came.
 */
export function catchKeys(): { stop: () => EarlyKeys } {
  const caught: EarlyKeys = { text: '', entered: false, cancelled: false }

  function take(event: KeyboardEvent): void {
    if (isComposing(event) || event.ctrlKey || event.altKey || event.metaKey) return
    if (event.key.length > 1 && !['Enter', 'Escape', 'Backspace', 'Tab'].includes(event.key)) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (event.key === 'Enter') caught.entered = true
    else if (event.key === 'Escape') caught.cancelled = true
    else if (event.key === 'Backspace') caught.text = caught.text.slice(0, -1)
    else if (event.key.length === 1 && !caught.entered) caught.text += event.key
  }

  addEventListener('keydown', take, { capture: true })
  return {
    stop() {
      removeEventListener('keydown', take, { capture: true })
      return caught
    },
  }
}
