/** Puts a text where the caret or the selection is, as if it were typed: the field's own undo takes it back. */
export function insertText(field: HTMLTextAreaElement, text: string, replaceBefore = 0): void {
  const { selectionStart, selectionEnd } = field
  replaceRange(field, selectionStart - replaceBefore, selectionEnd, text)
}

/** Puts a text in place of what is selected. */
export function replaceSelection(field: HTMLTextAreaElement, text: string): void {
  replaceRange(field, field.selectionStart, field.selectionEnd, text)
}

/** Makes the field's text another one, by replacing just what differs. */
export function changeText(field: HTMLTextAreaElement, text: string): void {
  const before = field.value
  const most = Math.min(before.length, text.length)
  let start = 0
  while (start < most && before[start] === text[start]) start++
  let kept = 0
  while (kept < most - start && before.at(-1 - kept) === text.at(-1 - kept)) kept++
  replaceRange(field, start, before.length - kept, text.slice(start, text.length - kept))
}

function replaceRange(field: HTMLTextAreaElement, start: number, end: number, text: string): void {
  field.focus()
  field.setSelectionRange(start, end)
  // Deprecated, and the one way that browsers' undo knows of: https://developer.mozilla.org/docs/Web/API/Document/execCommand
  const command = text ? 'insertText' : 'delete'
  if (document.execCommand?.(command, false, text)) return
  field.setRangeText(text, start, end, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
