import type { CreateRoom, MemberChange, ServerEvent, UpdateRoom } from '@/api/types.gen'
import type { useWebSocket } from '@/api/useWebSocket'

/** What the commands need of the list of rooms. */
interface List {
  lastSeq: (roomId: string) => number
  apply: (event: ServerEvent) => void
  /** Reads the list again: it has what an answer leaves out. */
  reload: () => Promise<void>
}

/** What a person asks of rooms and of people in them. Each fails as its command does. */
export function roomCommands(socket: ReturnType<typeof useWebSocket>, list: List) {
  async function create(room: Omit<CreateRoom, 'action' | 'requestId'>): Promise<string> {
    const { roomId } = await socket.ask({ action: 'createRoom', ...room })
    await list.reload()
    return roomId
  }

  /** The conversation with these people, in the list again if it was hidden. */
  async function openDirect(userIds: string[]): Promise<string> {
    const { roomId } = await socket.ask({ action: 'openDirect', userIds })
    await list.reload()
    return roomId
  }

  /** Until its next message a room is not in the list. */
  async function hide(roomId: string): Promise<void> {
    list.apply(await socket.ask({ action: 'hideRoom', roomId, seq: list.lastSeq(roomId) }))
  }

  /** What is named is changed, the rest stays; an empty topic or description is taken away. */
  async function updateRoom(
    roomId: string,
    changes: Omit<UpdateRoom, 'action' | 'requestId' | 'roomId'>,
  ): Promise<void> {
    list.apply(await socket.ask({ action: 'updateRoom', roomId, ...changes }))
  }

  async function archive(roomId: string, archived: boolean): Promise<void> {
    list.apply(await socket.ask({ action: 'archiveRoom', roomId, archived }))
  }

  async function requestToJoin(roomId: string): Promise<void> {
    await socket.ask({ action: 'joinRoom', subAction: 'request', roomId })
    await list.reload()
  }

  const invitation = (roomId: string) => socket.ask({ action: 'getInvitation', roomId })

  async function answerRequest(roomId: string, targetUserId: string, approve: boolean) {
    const subAction = approve ? 'approve' : 'reject'
    await socket.ask({ action: 'joinRoom', subAction, roomId, targetUserId })
  }

  async function changeMember(roomId: string, targetUserId: string, change: MemberChange) {
    await socket.ask({ action: 'updateMember', roomId, targetUserId, change })
  }

  async function leave(roomId: string): Promise<void> {
    await socket.ask({ action: 'leaveRoom', roomId })
  }

  return {
    create,
    openDirect,
    hide,
    updateRoom,
    archive,
    requestToJoin,
    invitation,
    answerRequest,
    changeMember,
    leave,
  }
}
