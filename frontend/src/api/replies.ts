import type * as wire from './types.gen'

/** Which event answers which command. */
export interface Replies {
  hello: wire.Welcome
  createRoom: wire.RoomCreated
  updateRoom: wire.Changed
  archiveRoom: wire.Changed
  openDirect: wire.RoomCreated
  joinRoom: wire.JoinResponse | wire.MemberChanged
  leaveRoom: wire.RoomLeft
  updateMember: wire.MemberChanged
  getRooms: wire.Rooms
  getInvitation: wire.Invitation
  getMembers: wire.RoomMembers
  sendMessage: wire.MessageSent
  getMessages: wire.MessageHistory
  editMessage: wire.Changed
  deleteMessage: wire.Changed
  react: wire.Changed
  pinMessage: wire.Changed
  getChanges: wire.Changes
  getPins: wire.Pins
  getEdits: wire.MessageEdits
  getActivity: wire.ActivityList
  setNotifications: wire.PersonalSettingsChanged
  hideRoom: wire.PersonalSettingsChanged
  markRead: wire.RoomsRead
  ping: wire.Pong
}

/** What nothing answers. */
export type SilentCommand = wire.Typing
export type AnsweredCommand = Exclude<wire.Command, SilentCommand>

export type ReplyTo<C extends AnsweredCommand> = Replies[C['action']]
