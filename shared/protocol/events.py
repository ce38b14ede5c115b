"""What a client may be told. One class per event; `EVENTS` lists them by action.

The same class serves as a reply (then it carries the command's `requestId`) and as a push.
"""

from typing import Literal

from shared.protocol.frames import WireModel
from shared.protocol.vocabulary import ErrorCode, JoinStatus, MemberStatus, Visibility


class Event(WireModel):
    """A frame to a client."""

    request_id: str | None = None


class RoomSummary(WireModel):
    """One of the caller's rooms. Where the caller is not approved, the sequence numbers are 0."""

    room_id: str
    room_name: str
    visibility: Visibility
    status: MemberStatus
    version: int
    is_admin: bool
    pending_count: int | None = None
    last_seq: int
    last_read_seq: int
    last_timestamp: int


class Participant(WireModel):
    """A row of a room's member list. A client ignores what is told of a version that is not above the row's."""

    user_id: str
    username: str
    status: MemberStatus
    is_admin: bool
    version: int


class StoredMessage(WireModel):
    """A message as it stands in a room: pushed live and listed in history in this one shape."""

    room_id: str
    message_id: str
    client_message_id: str | None = None
    user_id: str
    username: str
    message: str
    timestamp: int
    seq: int
    sort_key: str
    edited_at: int | None = None
    deleted_at: int | None = None


class Welcome(Event):
    """The whole state of the caller as of a moment from which on nothing will be missed."""

    action: Literal["welcome"] = "welcome"
    user_id: str
    username: str
    expires_at: int
    rooms: list[RoomSummary]
    has_more: bool
    next: str | None = None


class Rooms(Event):
    """A page of the caller's rooms."""

    action: Literal["rooms"] = "rooms"
    rooms: list[RoomSummary]
    has_more: bool
    next: str | None = None


class RoomCreated(Event):
    """The room exists and the caller is its admin."""

    action: Literal["roomCreated"] = "roomCreated"
    room_id: str
    room_name: str
    visibility: Visibility


class JoinRequest(Event):
    """To the admins: somebody asks to join."""

    action: Literal["joinRequest"] = "joinRequest"
    room_id: str
    user_id: str
    username: str
    version: int


class JoinResponse(Event):
    """To the person who asked: where their request stands."""

    action: Literal["joinResponse"] = "joinResponse"
    room_id: str
    status: JoinStatus


class MemberChanged(Event):
    """A membership as it now is. A client ignores a version that is not above the one it knows."""

    action: Literal["memberChanged"] = "memberChanged"
    room_id: str
    user_id: str
    username: str
    status: MemberStatus
    is_admin: bool
    version: int


class RoomLeft(Event):
    """The caller is no longer a member."""

    action: Literal["roomLeft"] = "roomLeft"
    room_id: str


class RoomMembers(Event):
    """A page of a room's members: approved first, then, for admins, pending. Or of the banned, where asked for."""

    action: Literal["roomMembers"] = "roomMembers"
    room_id: str
    room_name: str
    participants: list[Participant]
    has_more: bool
    next: str | None = None


class MessageSent(Event):
    """The message is stored and handed on. A retry gets the first answer again."""

    action: Literal["messageSent"] = "messageSent"
    room_id: str
    message_id: str
    client_message_id: str | None = None
    seq: int
    sort_key: str
    timestamp: int


class Message(Event, StoredMessage):
    """A message, pushed to the room."""

    action: Literal["message"] = "message"


class MessageHistory(Event):
    """Messages, oldest first. `hasMore`: further ones exist in the direction that was asked."""

    action: Literal["messageHistory"] = "messageHistory"
    room_id: str | None = None
    user_id: str | None = None
    messages: list[StoredMessage]
    has_more: bool


class RoomRead(Event):
    """How far the caller has read a room."""

    action: Literal["roomRead"] = "roomRead"
    room_id: str
    last_read_seq: int


class Pong(Event):
    """The server's time, and the last seq of each room asked for that the caller is a member of."""

    action: Literal["pong"] = "pong"
    time: int
    heads: dict[str, int]


class Error(Event):
    """The command was not carried out, or, for `internal`, its outcome is unknown."""

    action: Literal["error"] = "error"
    code: ErrorCode
    message: str
    retry_after_ms: int | None = None


EVENTS: dict[str, type[Event]] = {
    "welcome": Welcome,
    "rooms": Rooms,
    "roomCreated": RoomCreated,
    "joinRequest": JoinRequest,
    "joinResponse": JoinResponse,
    "memberChanged": MemberChanged,
    "roomLeft": RoomLeft,
    "roomMembers": RoomMembers,
    "messageSent": MessageSent,
    "message": Message,
    "messageHistory": MessageHistory,
    "roomRead": RoomRead,
    "pong": Pong,
    "error": Error,
}
