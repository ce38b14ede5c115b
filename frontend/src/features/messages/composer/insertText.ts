/** Puts a text where the caret or the selection is, as if it were typed. */
export function insertText(field: HTMLTextAreaElement, text: string, replaceBefore = 0): void {
  const { selectionStart: start, selectionEnd: end } = field
  field.setRangeText(text, start - replaceBefore, end, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
