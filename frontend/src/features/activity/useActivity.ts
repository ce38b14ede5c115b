import { onScopeDispose, ref, watch, type Ref } from 'vue'
import type { ActivityItem } from '@/api/types.gen'
import { useAction } from '@/api/useAction'
import { useWebSocket } from '@/api/useWebSocket'
import { useRooms } from '@/features/rooms'

/** A page may hold little, for what does not hold any more is left out: so many are read at once at most. */
const MAX_PAGES = 5
const ENOUGH = 15

interface ActivityState {
  items: Ref<ActivityItem[]>
  isLoaded: Ref<boolean>
  hasMore: Ref<boolean>
  busy: Ref<boolean>
  problem: Ref<string | undefined>
  loadMore: () => Promise<void>
}

/** Mentions of the person and reactions to what they wrote, the latest first; read anew as mentions come. */
export function useActivity(): ActivityState {
  const socket = useWebSocket()
  const rooms = useRooms()
  const items = ref<ActivityItem[]>([])
  const isLoaded = ref(false)
  const next = ref<string>()
  const hasMore = ref(false)
  let isGone = false

  const loading = useAction(() => read(next.value, items.value))

  async function read(before: string | undefined, known: readonly ActivityItem[]): Promise<void> {
    const found: ActivityItem[] = []
    let from = before
    for (let page = 0; page < MAX_PAGES && found.length < ENOUGH; page++) {
      const activity = await socket.ask({ action: 'getActivity', before: from })
      found.push(...activity.items)
      from = activity.hasMore ? activity.next : undefined
      if (from === undefined) break
    }
    if (isGone) return
    items.value = [...known, ...found]
    next.value = from
    hasMore.value = from !== undefined
    isLoaded.value = true
  }

  async function refresh(): Promise<void> {
    await read(undefined, []).catch(() => undefined) // what is shown stays
  }

  watch([() => rooms.totalMentions, () => socket.connected], ([count, connected], [before]) => {
    if (isLoaded.value && connected && count >= before) void refresh()
  })
  onScopeDispose(() => (isGone = true))
  void loading.run()

  return {
    items,
    isLoaded,
    hasMore,
    busy: loading.busy,
    problem: loading.problem,
    loadMore: () => loading.run(),
  }
}
