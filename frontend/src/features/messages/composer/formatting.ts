import { replaceSelection } from './insertText'

/** The marks that keys put around what is selected, by key; with Ctrl, or with Command on a Mac. */
const MARKS: Record<string, string> = { b: '**', i: '_', e: '`' }

/** The mark that a key stands for; undefined for any other key. */
export function markOf(event: KeyboardEvent): string | undefined {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return undefined
  return MARKS[event.key.toLowerCase()]
}

/** Puts a mark around what is selected, or takes it away again; with no selection the caret is between the two. */
export function toggleMark(field: HTMLTextAreaElement, mark: string): void {
  const { selectionStart: start, selectionEnd: end, value } = field
  const selected = value.slice(start, end)
  const size = mark.length
  const isAround = value.slice(start - size, start) === mark && value.startsWith(mark, end)
  if (isAround) {
    field.setSelectionRange(start - size, end + size)
    replaceSelection(field, selected)
    field.setSelectionRange(start - size, end - size)
  } else {
    replaceSelection(field, `${mark}${selected}${mark}`)
    field.setSelectionRange(start + size, end + size)
  }
}

/** Makes a link of what is selected, if what is pasted is one address; whether it did. */
export function pasteAsLink(field: HTMLTextAreaElement, pasted: string): boolean {
  const { selectionStart: start, selectionEnd: end, value } = field
  const selected = value.slice(start, end)
  const address = pasted.trim()
  if (!selected.trim() || /[\n\]]/.test(selected) || isAddress(selected) || !isAddress(address)) {
    return false
  }
  replaceSelection(field, `[${selected}](${address.replaceAll(')', '%29')})`)
  return true
}

function isAddress(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text)
}
