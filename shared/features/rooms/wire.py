"""Commands and events about rooms."""

from typing import Literal

from shared.protocol.base import ClientId, Command, Event, Identifier, Person, RoomName, WireModel
from shared.protocol.vocabulary import Allowed, MemberStatus, NotificationLevel, RoomKind, Visibility


class Rules(WireModel):
    """Who may write, who may pin messages and set the topic, and who may mention everybody."""

    post: Allowed
    pin: Allowed
    mention_room: Allowed


class RoomInfo(WireModel):
    """What a room is called and how it works. Of two, the one with the higher `infoRev` is the newer."""

    room_name: str
    topic: str | None = None
    description: str | None = None
    rules: Rules
    archived_at: int | None = None
    """Since when nobody may write, in milliseconds since 1970."""
    info_rev: int
    """The `rev` of the last change of any of this."""


class CreateRoom(Command):
    """Make a room with the caller as its admin. `clientRoomId` makes a retry safe for a week."""

    action: Literal["createRoom"]
    room_name: RoomName
    visibility: Visibility = "approval"
    client_room_id: ClientId | None = None


class GetRooms(Command):
    """The caller's rooms, a page at a time; `after` is the `next` of the page before."""

    action: Literal["getRooms"]
    after: Identifier | None = None


class GetInvitation(Command):
    """Describe the room that an invite link leads to, before the caller asks to join."""

    action: Literal["getInvitation"]
    room_id: Identifier


class Invitation(Event):
    """A room as somebody sees it who is no member. `memberCount` is counted up to 200."""

    action: Literal["invitation"] = "invitation"
    room_id: str
    room_name: str
    visibility: Visibility
    member_count: int


class RoomSummary(WireModel):
    """One of the caller's rooms. Where the caller is not approved, the sequence numbers are 0."""

    room_id: str
    room_name: str
    kind: RoomKind
    people: list[Person] | None = None
    """All people of a direct room, the caller included."""
    visibility: Visibility
    status: MemberStatus
    version: int
    is_admin: bool
    is_moderator: bool
    pending_count: int | None = None
    """How many ask to join; for admins and moderators."""
    topic: str | None = None
    description: str | None = None
    rules: Rules
    archived_at: int | None = None
    info_rev: int
    last_seq: int
    last_read_seq: int
    marked_seq: int | None = None
    """How far the room is marked as read, where the caller's own messages at the end make `lastReadSeq` greater."""
    last_timestamp: int
    rev: int
    gone: list[int] | None = None
    """The seqs of deleted messages above `lastReadSeq`, which are not unread; the greatest 32."""
    mentions: list[int] | None = None
    """The seqs of messages above `lastReadSeq` that mention the caller or everybody; the greatest 100 and 20."""
    level: NotificationLevel
    muted_until: int | None = None
    hidden_at_seq: int | None = None
    """The caller hid the room: it is not shown while its `lastSeq` is not above this."""
    settings_version: int


class Rooms(Event):
    """A page of the caller's rooms."""

    action: Literal["rooms"] = "rooms"
    rooms: list[RoomSummary]
    has_more: bool
    next: str | None = None


class RoomCreated(Event):
    """The room exists and the caller is its admin; or it is a direct room, with `people`."""

    action: Literal["roomCreated"] = "roomCreated"
    room_id: str
    room_name: str
    visibility: Visibility
    kind: RoomKind = "group"
    people: list[Person] | None = None
