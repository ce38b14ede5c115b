import { computed, type ComputedRef } from 'vue'
import { useAuth } from '@/features/auth'
import { useDrafts } from '@/features/messages/composer'
import { useTimeline } from '@/features/messages/history'
import { plainText } from '@/features/messages/markdown'
import { useRooms } from '@/features/rooms'
import { withoutOverrides } from '@/shared/bidi'
import { t } from '@/shared/i18n/i18n'

const MAX_CHARACTERS = 80

/** The second line of a room in the list: what was begun there, or else what was said last, as far as it is known here. */
export function usePreview(
  roomId: string,
): ComputedRef<{ text: string; isDraft: boolean } | undefined> {
  const auth = useAuth()
  const drafts = useDrafts()
  const timeline = useTimeline()
  const rooms = useRooms()

  return computed(() => {
    const draft = drafts.of(roomId)
    if (draft.trim()) {
      const text = plainText(draft, MAX_CHARACTERS)
      return { text: t('rooms.draftMark', { text }), isDraft: true }
    }
    const window = timeline.of(roomId)
    const last = window?.hasLater ? undefined : window?.messages.at(-1)
    if (!last || last.deletedAt) return undefined
    const text = plainText(last.message, MAX_CHARACTERS)
    const isMine = last.userId === auth.user?.userId
    if (isMine) return { text: t('rooms.lastOwn', { text }), isDraft: false }
    // In a conversation of two it is clear who wrote.
    if (rooms.get(roomId)?.people?.length === 2) return { text, isDraft: false }
    const name = withoutOverrides(last.username)
    return { text: t('rooms.lastMessage', { name, text }), isDraft: false }
  })
}
