import { onBeforeUnmount, onMounted } from 'vue'
import { t } from '@/shared/i18n/i18n'
import { MAX_MESSAGE_BYTES } from '@/api/types.gen'
import { useNotices } from '@/ui/notices/useNotices'
import { pasteAsLink } from './formatting'

/** A longer text is not taken into the field: it could not be sent, and the page would stand still at each visit. */
export const MAX_PASTED = 4 * MAX_MESSAGE_BYTES

/**
 * What is pasted into a field, or dropped on the page. A file gets an answer, and never leads the browser away from the
 * page; a text that is too long is refused as a whole; an address makes a link of what is selected.
 */
export function usePaste() {
  const notices = useNotices()

  function onPaste(event: ClipboardEvent): void {
    const field = event.currentTarget as HTMLTextAreaElement
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (text.length > MAX_PASTED) {
      event.preventDefault()
      refuse()
    } else if (!text && event.clipboardData?.files.length) {
      event.preventDefault()
      answerFiles()
    } else if (pasteAsLink(field, text)) event.preventDefault()
  }

  function onDragOver(event: DragEvent): void {
    if (hasFiles(event)) event.preventDefault() // says that this page takes the drop
  }

  function onDrop(event: DragEvent): void {
    if (hasFiles(event)) {
      event.preventDefault()
      answerFiles()
    } else if ((event.dataTransfer?.getData('text/plain').length ?? 0) > MAX_PASTED) {
      event.preventDefault()
      refuse()
    }
  }

  const refuse = () =>
    notices.say(t('composer.tooMuch', { n: MAX_MESSAGE_BYTES }), { topic: 'paste' })
  const answerFiles = () => notices.say(t('composer.noFiles'), { topic: 'paste' })

  onMounted(() => {
    addEventListener('dragover', onDragOver)
    addEventListener('drop', onDrop)
  })
  onBeforeUnmount(() => {
    removeEventListener('dragover', onDragOver)
    removeEventListener('drop', onDrop)
  })

  return { onPaste }
}

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false
