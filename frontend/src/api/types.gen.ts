// Generated from shared/protocol by `python -m tools.protocol_types`. Do not edit.

export const SUBPROTOCOL = 'parley.v1'

export const TOKEN_SUBPROTOCOL_PREFIX = 'bearer.'

/** No frame of ours is larger; API Gateway's own limit is 128 KB. */
export const MAX_FRAME_BYTES = 100_000

export const MAX_MESSAGE_BYTES = 8_192

export const MAX_ROOM_NAME_CHARACTERS = 80

/** requestId, clientMessageId and clientRoomId. */
export const MAX_CLIENT_ID_CHARACTERS = 64

/** Any identifier or cursor that a client sends back to us. */
export const MAX_ID_CHARACTERS = 128

export const MAX_HISTORY = 100

export const DEFAULT_HISTORY = 50

export const MAX_PING_ROOMS = 20

/** In one `markRead`. */
export const MAX_MARKED_ROOMS = 20

export const MAX_ADMINS = 20

export const MAX_EMOJI_BYTES = 64

/** Different emoji on one message. */
export const MAX_REACTION_EMOJI = 20

/** Reactions of all people to one message, which holds them all. */
export const MAX_REACTIONS = 400

/** People that one message mentions. */
export const MAX_MENTIONS = 20

/** Messages that are remembered as mentioning a person, per room: the newest. Of those that mention everybody, 20. */
export const MAX_UNREAD_MENTIONS = 100

export const MAX_ROOM_MENTIONS = 20

/** Deleted messages that a room remembers, to leave them out of unread counts: the newest. */
export const MAX_GONE = 32

/** Where more connections of others listen, nobody is told who is writing. */
export const MAX_TYPING_LISTENERS = 25

export const MAX_TOPIC_BYTES = 250

export const MAX_DESCRIPTION_BYTES = 250

/** In one direct room, its opener included. */
export const MAX_DIRECT_PEOPLE = 9

export const MAX_PINS = 100

/** Earlier texts of one message that are kept. */
export const MAX_VERSIONS = 20

/** Of a message that is quoted. */
export const MAX_EXCERPT_CHARACTERS = 200

/** The last millisecond of the year 9999. */
export const MAX_TIME = 253_402_300_799_999

/** Who is more changes behind reads the room afresh. */
export const MAX_CHANGES = 1_000

/** Counting the members of a room reads a row for each; beyond this the exact number tells nobody anything. */
export const MAX_COUNTED_MEMBERS = 200

/** A longer access token is refused before it is looked at; Cognito's are about 1 KB. */
export const MAX_TOKEN_CHARACTERS = 8_192

/** How long a connection may still hear after its token ended. */
export const LISTEN_AFTER_EXPIRY_MS = 300_000

/** The window in which a person's sends and commands are counted; settings.LimitSettings says how many are allowed. */
export const WINDOW_MS = 10_000

/** In which it is counted how often a person connects, and says hello. */
export const ARRIVAL_WINDOW_MS = 60_000

/**
 * Somebody who asks for so many times their sends does not listen to refusals: their connection is closed.
 *
 * Not less, for an app that comes back with messages for fifty rooms asks for all of them before the first answer.
 */
export const FLOOD_MULTIPLIER = 5

/** A repeated send is answered again, up to this many times a person's limit of sends: this only pushes. */
export const RESEND_MULTIPLIER = 2

export type RoomKind = 'group' | 'direct'

export type Visibility = 'approval' | 'open'

export type MemberStatus = 'approved' | 'pending' | 'rejected' | 'banned' | 'left'

export type JoinStatus = 'pending' | 'approved' | 'rejected'

export type ChangeKind = 'edit' | 'delete' | 'react' | 'pin' | 'room'

export type ActivityKind = 'mention' | 'reaction'

export type NotificationLevel = 'all' | 'mentions' | 'nothing'

export type MemberChange = 'promote' | 'demote' | 'makeModerator' | 'makeMember' | 'remove' | 'ban' | 'unban'

export type Role = 'member' | 'moderator' | 'admin'

export type Allowed = 'everyone' | 'moderators' | 'admins'

export type Reason = 'required' | 'invalid' | 'tooLarge' | 'unknownAction' | 'invalidToken' | 'tokenExpired' | 'roomNotFound' | 'memberNotFound' | 'personNotFound' | 'messageNotFound' | 'requestNotFound' | 'adminsOnly' | 'moderatorsOnly' | 'ownMessagesOnly' | 'authorsOnly' | 'authorsAndAdminsOnly' | 'banned' | 'lastAdmin' | 'tooManyAdmins' | 'memberIsAdmin' | 'tooManyRooms' | 'alreadyMember' | 'memberBanned' | 'memberRejected' | 'notBanned' | 'editedSince' | 'messageDeleted' | 'tooManyReactions' | 'tooManyPins' | 'editTimeOver' | 'editHistoryOff' | 'noCurrentRoom' | 'directRoom' | 'roomArchived' | 'pastLastMessage' | 'tooManyRequests' | 'contention' | 'internal'

export type ErrorCode = 'badRequest' | 'unknownAction' | 'unauthorized' | 'tokenExpired' | 'forbidden' | 'notFound' | 'conflict' | 'tooLarge' | 'rateLimited' | 'internal'

/** The first frame of a connection: subscribe it to everything of its user, and tell the whole state. */
export interface Hello {
  requestId?: string
  action: 'hello'
}

/** Make a room with the caller as its admin. `clientRoomId` makes a retry safe for a week. */
export interface CreateRoom {
  requestId?: string
  action: 'createRoom'
  roomName: string
  visibility?: Visibility
  clientRoomId?: string
}

/** Who may write, who may pin messages and set the topic, and who may mention everybody. */
export interface Rules {
  post: Allowed
  pin: Allowed
  mentionRoom: Allowed
}

/** Change what is named, and leave the rest as it is. An empty topic or description takes it away. */
export interface UpdateRoom {
  requestId?: string
  action: 'updateRoom'
  roomId: string
  roomName?: string
  topic?: string
  description?: string
  rules?: Rules
}

/** Let nobody write in a room any more, or again: `archived` says which, so that a retry changes nothing. */
export interface ArchiveRoom {
  requestId?: string
  action: 'archiveRoom'
  roomId: string
  archived: boolean
}

/** Find or make the direct room of the caller and some others; of the caller alone, where it names nobody. */
export interface OpenDirect {
  requestId?: string
  action: 'openDirect'
  userIds: string[]
}

/** Ask to join (`request`), or answer such a request as an admin or a moderator (`approve`, `reject`). */
export interface JoinRoom {
  requestId?: string
  action: 'joinRoom'
  subAction: 'request' | 'approve' | 'reject'
  roomId: string
  targetUserId?: string
}

/** End the caller's membership, withdraw their request to join, or clear a rejected one. */
export interface LeaveRoom {
  requestId?: string
  action: 'leaveRoom'
  roomId: string
}

/** Give another member a role, as an admin; remove, ban or unban them, as a moderator or an admin. */
export interface UpdateMember {
  requestId?: string
  action: 'updateMember'
  roomId: string
  targetUserId: string
  change: MemberChange
}

/** The caller's rooms, a page at a time; `after` is the `next` of the page before. */
export interface GetRooms {
  requestId?: string
  action: 'getRooms'
  after?: string
}

/** Describe the room that an invite link leads to, before the caller asks to join. */
export interface GetInvitation {
  requestId?: string
  action: 'getInvitation'
  roomId: string
}

/**
 * A room's members, a page at a time. Admins and moderators see pending requests as
 * well, and with `banned` who is banned.
 */
export interface GetMembers {
  requestId?: string
  action: 'getMembers'
  roomId: string
  status?: 'banned'
  after?: string
}

/**
 * Store a message and push it to the room. With a `clientMessageId` a retry is stored once.
 *
 * `mentions`: userIds; who is no member of the room is left out. `mentionsRoom`: everybody, which admins may.
 * `replyTo`: the sortKey of a message of the room that is quoted.
 */
export interface SendMessage {
  requestId?: string
  action: 'sendMessage'
  message: string
  roomId?: string
  clientMessageId?: string
  mentions?: string[]
  mentionsRoom?: boolean
  replyTo?: string
}

/**
 * A room's history, or the caller's own messages (`userId`).
 *
 * `before` and `after` are sortKeys, exclusive. `around`: the messages up to and including one, and as many after it.
 */
export interface GetMessages {
  requestId?: string
  action: 'getMessages'
  roomId?: string
  userId?: string
  limit?: number
  before?: string
  after?: string
  around?: string
}

/**
 * Put another text in the place of one's own message, with the people that it mentions.
 *
 * `basedOn` is the `textRev` of the text that was edited: if the message has another one by now, nothing is changed.
 * With the same `clientEditId` a retry is applied once.
 */
export interface EditMessage {
  requestId?: string
  action: 'editMessage'
  roomId: string
  sortKey: string
  message: string
  basedOn: number
  clientEditId: string
  mentions?: string[]
}

/** Delete one's own message, or as an admin anybody's. Its text and its reactions are gone for good. */
export interface DeleteMessage {
  requestId?: string
  action: 'deleteMessage'
  roomId: string
  sortKey: string
}

/** Put a reaction to a message, or take it back: `on` says which, so that a retry changes nothing. */
export interface React {
  requestId?: string
  action: 'react'
  roomId: string
  sortKey: string
  emoji: string
  on: boolean
}

/** Pin a message to its room, or take the pin off: `on` says which, so that a retry changes nothing. */
export interface PinMessage {
  requestId?: string
  action: 'pinMessage'
  roomId: string
  sortKey: string
  on: boolean
}

/** Every message that was changed after a `rev` of the room, as it is now. */
export interface GetChanges {
  requestId?: string
  action: 'getChanges'
  roomId: string
  after: number
}

/** The pinned messages of a room; `before` is the `next` of the page before. */
export interface GetPins {
  requestId?: string
  action: 'getPins'
  roomId: string
  before?: string
}

/** The earlier texts of a message that was edited. */
export interface GetEdits {
  requestId?: string
  action: 'getEdits'
  roomId: string
  sortKey: string
}

/** Mentions of the caller and reactions to what they wrote; `before` is the `next` of the page before. */
export interface GetActivity {
  requestId?: string
  action: 'getActivity'
  before?: string
}

/** Which messages of a room may disturb the caller, and until when none may; no `mutedUntil`: it is not muted. */
export interface SetNotifications {
  requestId?: string
  action: 'setNotifications'
  roomId: string
  level: NotificationLevel
  mutedUntil?: number
}

/** Take a room out of the caller's list until there is a message above `seq`, the last one that the caller knows. */
export interface HideRoom {
  requestId?: string
  action: 'hideRoom'
  roomId: string
  seq: number
}

/** A room has been read up to and including `seq`. */
export interface Mark {
  roomId: string
  seq: number
}

/** How far the caller has read some rooms. */
export interface MarkRead {
  requestId?: string
  action: 'markRead'
  rooms: Mark[]
}

/** The caller is writing in a room. Nothing answers it, not even an error. */
export interface Typing {
  requestId?: string
  action: 'typing'
  roomId: string
}

/** Keep the connection open, and ask for the heads of some rooms. */
export interface Ping {
  requestId?: string
  action: 'ping'
  rooms?: string[]
}

/** Somebody, by the name that they had then. */
export interface Person {
  userId: string
  username: string
}

/** One of the caller's rooms. Where the caller is not approved, the sequence numbers are 0. */
export interface RoomSummary {
  roomId: string
  roomName: string
  kind: RoomKind
  people?: Person[]
  visibility: Visibility
  status: MemberStatus
  version: number
  isAdmin: boolean
  isModerator: boolean
  pendingCount?: number
  topic?: string
  description?: string
  rules: Rules
  archivedAt?: number
  infoRev: number
  lastSeq: number
  lastReadSeq: number
  markedSeq?: number
  lastTimestamp: number
  rev: number
  gone?: number[]
  mentions?: number[]
  level: NotificationLevel
  mutedUntil?: number
  hiddenAtSeq?: number
  settingsVersion: number
}

/** The whole state of the caller as of a moment from which on nothing will be missed. */
export interface Welcome {
  requestId?: string
  action: 'welcome'
  userId: string
  username: string
  expiresAt: number
  rooms: RoomSummary[]
  hasMore: boolean
  next?: string
}

/** A page of the caller's rooms. */
export interface Rooms {
  requestId?: string
  action: 'rooms'
  rooms: RoomSummary[]
  hasMore: boolean
  next?: string
}

/** A room as somebody sees it who is no member. `memberCount` is counted up to 200. */
export interface Invitation {
  requestId?: string
  action: 'invitation'
  roomId: string
  roomName: string
  visibility: Visibility
  memberCount: number
}

/** The room exists and the caller is its admin; or it is a direct room, with `people`. */
export interface RoomCreated {
  requestId?: string
  action: 'roomCreated'
  roomId: string
  roomName: string
  visibility: Visibility
  kind?: RoomKind
  people?: Person[]
}

/** To the admins: somebody asks to join. */
export interface JoinRequest {
  requestId?: string
  action: 'joinRequest'
  roomId: string
  userId: string
  username: string
  version: number
}

/** To the person who asked: where their request stands. */
export interface JoinResponse {
  requestId?: string
  action: 'joinResponse'
  roomId: string
  status: JoinStatus
}

/** A membership as it now is. A client ignores a version that is not above the one it knows. */
export interface MemberChanged {
  requestId?: string
  action: 'memberChanged'
  roomId: string
  userId: string
  username: string
  status: MemberStatus
  isAdmin: boolean
  isModerator: boolean
  version: number
}

/** The caller is no longer a member. */
export interface RoomLeft {
  requestId?: string
  action: 'roomLeft'
  roomId: string
}

/** A row of a room's member list. A client ignores what is told of a version that is not above the row's. */
export interface Participant {
  userId: string
  username: string
  status: MemberStatus
  isAdmin: boolean
  isModerator: boolean
  version: number
}

/** A page of a room's members: approved first, then, for admins, pending. Or of the banned, where asked for. */
export interface RoomMembers {
  requestId?: string
  action: 'roomMembers'
  roomId: string
  roomName: string
  participants: Participant[]
  hasMore: boolean
  next?: string
}

/** The beginning of a message that another one quotes, as it is now. A deleted one has a `deletedAt` and no text. */
export interface Quoted {
  sortKey: string
  seq: number
  userId: string
  username: string
  excerpt: string
  deletedAt?: number
  rev?: number
}

/**
 * The message is stored and handed on. A retry gets the first answer again.
 *
 * `mentions`, `mentionsRoom`, `replyTo` and `quoted` are as the message has them, so that the sender need not read it.
 */
export interface MessageSent {
  requestId?: string
  action: 'messageSent'
  roomId: string
  messageId: string
  clientMessageId?: string
  seq: number
  sortKey: string
  timestamp: number
  mentions?: Person[]
  mentionsRoom?: boolean
  replyTo?: string
  quoted?: Quoted
}

/** An emoji, and who reacted with it, in the order in which they did. */
export interface Reaction {
  emoji: string
  users: string[]
}

/** A message, pushed to the room. */
export interface Message {
  roomId: string
  messageId: string
  clientMessageId?: string
  userId: string
  username: string
  message: string
  timestamp: number
  seq: number
  sortKey: string
  rev?: number
  textRev?: number
  reactions?: Reaction[]
  mentions?: Person[]
  mentionsRoom?: boolean
  replyTo?: string
  quoted?: Quoted
  pinnedAt?: number
  pinnedBy?: string
  edits?: number
  editedAt?: number
  deletedAt?: number
  deletedBy?: string
  requestId?: string
  action: 'message'
}

/**
 * A message as it stands in a room: pushed live and listed in history in this one shape.
 *
 * A deleted one has a `deletedAt`, and an empty text.
 */
export interface StoredMessage {
  roomId: string
  messageId: string
  clientMessageId?: string
  userId: string
  username: string
  message: string
  timestamp: number
  seq: number
  sortKey: string
  rev?: number
  textRev?: number
  reactions?: Reaction[]
  mentions?: Person[]
  mentionsRoom?: boolean
  replyTo?: string
  quoted?: Quoted
  pinnedAt?: number
  pinnedBy?: string
  edits?: number
  editedAt?: number
  deletedAt?: number
  deletedBy?: string
}

/**
 * Messages, oldest first. `hasMore`: further ones exist in the direction that was asked; around a message, older
 * ones, and newer ones where `hasAfter`. `rev`: every change of the room up to this one is in them.
 */
export interface MessageHistory {
  requestId?: string
  action: 'messageHistory'
  roomId?: string
  userId?: string
  messages: StoredMessage[]
  hasMore: boolean
  hasAfter?: boolean
  rev?: number
}

/** What a room is called and how it works. Of two, the one with the higher `infoRev` is the newer. */
export interface RoomInfo {
  roomName: string
  topic?: string
  description?: string
  rules: Rules
  archivedAt?: number
  infoRev: number
}

/** Messages as they are after changes `fromRev + 1` to `rev` of their room. Pushed, and the reply to a change. */
export interface Changed {
  requestId?: string
  action: 'changed'
  roomId: string
  fromRev: number
  rev: number
  messages: StoredMessage[]
  room?: RoomInfo
}

/**
 * The reply to `getChanges`.
 *
 * `hasMore`: ask again after `rev`. `reset`: too much has changed, so read the room afresh.
 */
export interface Changes {
  requestId?: string
  action: 'changes'
  roomId: string
  fromRev: number
  rev: number
  messages: StoredMessage[]
  room?: RoomInfo
  hasMore: boolean
  reset?: boolean
}

/** Pinned messages, the newest message first. `rev`: every change of the room up to this one is in them. */
export interface Pins {
  requestId?: string
  action: 'pins'
  roomId: string
  messages: StoredMessage[]
  rev: number
  hasMore: boolean
  next?: string
}

/** A text that a message had. `at`: when it was written. */
export interface Version {
  message: string
  at: number
  textRev: number
}

/** The earlier texts of a message, the latest first. `isCut`: older ones did not fit into the frame. */
export interface MessageEdits {
  requestId?: string
  action: 'messageEdits'
  roomId: string
  sortKey: string
  versions: Version[]
  isCut: boolean
}

/** A message that mentions the caller, or one of theirs to which somebody reacted with `emoji`; `at`: when. */
export interface ActivityItem {
  kind: ActivityKind
  at: number
  byUserId: string
  byUsername: string
  emoji?: string
  message: StoredMessage
}

/**
 * What concerned the caller in the last 30 days, the latest first, as far as it still holds. A page may be empty
 * though there are more.
 */
export interface ActivityList {
  requestId?: string
  action: 'activity'
  items: ActivityItem[]
  hasMore: boolean
  next?: string
}

/**
 * What the caller wants of a room. Of two, the one with the higher `settingsVersion` is the newer.
 *
 * The room is hidden while its `lastSeq` is not above `hiddenAtSeq`.
 */
export interface PersonalSettingsChanged {
  requestId?: string
  action: 'personalSettingsChanged'
  roomId: string
  level: NotificationLevel
  mutedUntil?: number
  hiddenAtSeq?: number
  settingsVersion: number
}

/** How far the caller has read a room. */
export interface ReadRoom {
  roomId: string
  lastReadSeq: number
}

/**
 * How far the caller has read some rooms.
 *
 * `otherDevices`, in the reply only: how many other connections of the caller listen, and have been told.
 */
export interface RoomsRead {
  requestId?: string
  action: 'roomsRead'
  rooms: ReadRoom[]
  otherDevices?: number
}

/** Another connection of the same user has said hello: from now on there is a device more to keep up to date. */
export interface DeviceConnected {
  requestId?: string
  action: 'deviceConnected'
}

/** Somebody is writing in a room: show it until their message comes, or for ten seconds. */
export interface SomebodyTypes {
  requestId?: string
  action: 'somebodyTypes'
  roomId: string
  userId: string
}

/** The server's time, the last seq and the rev of each room asked for that the caller is a member of. */
export interface Pong {
  requestId?: string
  action: 'pong'
  time: number
  heads: Record<string, number>
  revs: Record<string, number>
}

/** The command was not carried out, or, for `internal`, its outcome is unknown. */
export interface Error {
  requestId?: string
  action: 'error'
  code: ErrorCode
  reason: Reason
  field?: string
  message: string
  retryAfterMs?: number
}

/** Anything a client may ask. */
export type Command =
  | Hello
  | CreateRoom
  | UpdateRoom
  | ArchiveRoom
  | OpenDirect
  | JoinRoom
  | LeaveRoom
  | UpdateMember
  | GetRooms
  | GetInvitation
  | GetMembers
  | SendMessage
  | GetMessages
  | EditMessage
  | DeleteMessage
  | React
  | PinMessage
  | GetChanges
  | GetPins
  | GetEdits
  | GetActivity
  | SetNotifications
  | HideRoom
  | MarkRead
  | Typing
  | Ping

/** Anything a client may be told. */
export type ServerEvent =
  | Welcome
  | Rooms
  | Invitation
  | RoomCreated
  | JoinRequest
  | JoinResponse
  | MemberChanged
  | RoomLeft
  | RoomMembers
  | MessageSent
  | Message
  | MessageHistory
  | Changed
  | Changes
  | Pins
  | MessageEdits
  | ActivityList
  | PersonalSettingsChanged
  | RoomsRead
  | DeviceConnected
  | SomebodyTypes
  | Pong
  | Error

export const EVENT_ACTIONS: readonly string[] = ['welcome', 'rooms', 'invitation', 'roomCreated', 'joinRequest', 'joinResponse', 'memberChanged', 'roomLeft', 'roomMembers', 'messageSent', 'message', 'messageHistory', 'changed', 'changes', 'pins', 'messageEdits', 'activity', 'personalSettingsChanged', 'roomsRead', 'deviceConnected', 'somebodyTypes', 'pong', 'error']
