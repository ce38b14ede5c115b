import { useRouter } from 'vue-router'
import { explain } from '@/api/explain'
import { useRooms } from '@/features/rooms'
import { useNotices } from '@/ui/notices/useNotices'

/** Opens the conversation with some people, and shows it. A failure is said in a notice. */
export function useOpenDirect(): (userIds: string[]) => Promise<void> {
  const rooms = useRooms()
  const router = useRouter()
  const notices = useNotices()

  return async (userIds) => {
    const from = router.currentRoute.value.fullPath
    try {
      const roomId = await rooms.openDirect(userIds)
      // Who has gone elsewhere meanwhile is not led away from there.
      if (router.currentRoute.value.fullPath === from)
        await router.push({ name: 'room', params: { roomId } })
    } catch (error) {
      notices.say(explain(error))
    }
  }
}
