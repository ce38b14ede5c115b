import type { RoomSummary, ServerEvent, Welcome } from '@/api/types.gen'
import type { ParleySocket } from './connection/socket'

/** hello may take the server up to 8 s for a person in hundreds of rooms. */
const HELLO_TIMEOUT_MS = 20_000

export interface WholeState extends Omit<Welcome, 'hasMore' | 'next'> {
  rooms: RoomSummary[]
}

/**
 * Says hello and collects the whole state, page by page. Pushes that arrive meanwhile are held back: what they tell
 * is newer than the state.
 */
export async function fetchInitialState(
  socket: ParleySocket,
): Promise<{ state: WholeState; heldBack: ServerEvent[] }> {
  const heldBack: ServerEvent[] = []
  socket.onEvent = (event) => {
    if (event.action !== 'welcome' && event.action !== 'rooms') heldBack.push(event)
  }
  const welcome = await socket.request({ action: 'hello' }, HELLO_TIMEOUT_MS)
  const rooms = [...welcome.rooms]
  let page: { hasMore: boolean; next?: string } = welcome
  while (page.hasMore && page.next !== undefined) {
    const next = await socket.request({ action: 'getRooms', after: page.next })
    rooms.push(...next.rooms)
    page = next
  }
  return { state: { ...welcome, rooms }, heldBack }
}
