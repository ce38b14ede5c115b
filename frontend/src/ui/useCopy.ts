import { t, type MessageKey } from '@/shared/i18n/i18n'
import { useNotices } from './notices/useNotices'

/** Copies a text to the clipboard, and says whether that worked: `done` names the sentence for when it did. */
export function useCopy(): (text: string, done: MessageKey) => Promise<void> {
  const notices = useNotices()

  return async (text, done) => {
    const key = await navigator.clipboard.writeText(text).then(
      () => done,
      (): MessageKey => 'timeline.actions.copyFailed',
    )
    notices.say(t(key), { topic: 'copied' })
  }
}
