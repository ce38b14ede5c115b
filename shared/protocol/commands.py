"""What a client may ask. One class per command; `COMMANDS` lists them by action."""

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from shared.protocol import limits
from shared.protocol.frames import ClientId, Identifier, MessageText, RoomName, WireModel
from shared.protocol.vocabulary import MemberChange, Visibility


class Command(WireModel):
    """A frame from a client. The reply, or the error, carries the same `requestId`."""

    request_id: ClientId | None = None


class Hello(Command):
    """The first frame of a connection: subscribe it to everything of its user, and tell the whole state."""

    action: Literal["hello"]


class CreateRoom(Command):
    """Make a room with the caller as its admin. `clientRoomId` makes a retry safe for a week."""

    action: Literal["createRoom"]
    room_name: RoomName
    visibility: Visibility = "approval"
    client_room_id: ClientId | None = None


class JoinRoom(Command):
    """Ask to join (`request`), or answer such a request as an admin (`approve`, `reject`)."""

    action: Literal["joinRoom"]
    sub_action: Literal["request", "approve", "reject"]
    room_id: Identifier
    target_user_id: Identifier | None = None

    @model_validator(mode="after")
    def _answers_name_their_target(self) -> "JoinRoom":
        if self.sub_action != "request" and self.target_user_id is None:
            raise PydanticCustomError(
                "missing_target",
                "targetUserId: is required for {sub_action}",
                {"sub_action": self.sub_action},
            )
        return self


class LeaveRoom(Command):
    """End the caller's membership."""

    action: Literal["leaveRoom"]
    room_id: Identifier


class UpdateMember(Command):
    """Change another member's standing, as an admin."""

    action: Literal["updateMember"]
    room_id: Identifier
    target_user_id: Identifier
    change: MemberChange


class GetRooms(Command):
    """The caller's rooms, a page at a time; `after` is the `next` of the page before."""

    action: Literal["getRooms"]
    after: Identifier | None = None


class GetMembers(Command):
    """A room's members, a page at a time; admins see pending requests as well. `banned`: who is banned, for admins."""

    action: Literal["getMembers"]
    room_id: Identifier
    status: Literal["banned"] | None = None
    after: Annotated[str, Field(min_length=1, max_length=4 * limits.MAX_ID_CHARACTERS)] | None = None


class SendMessage(Command):
    """Store a message and push it to the room. With a `clientMessageId` a retry is stored once."""

    action: Literal["sendMessage"]
    message: MessageText
    room_id: Identifier | None = None
    client_message_id: ClientId | None = None

    @model_validator(mode="after")
    def _retries_name_their_room(self) -> "SendMessage":
        if self.client_message_id is not None and self.room_id is None:
            raise PydanticCustomError("missing_room", "roomId: is required together with clientMessageId")
        return self


class GetMessages(Command):
    """A room's history, or the caller's own messages (`userId`). Cursors are sortKeys, exclusive."""

    action: Literal["getMessages"]
    room_id: Identifier | None = None
    user_id: Identifier | None = None
    limit: Annotated[int, Field(ge=1, le=limits.MAX_HISTORY)] = limits.DEFAULT_HISTORY
    before: Identifier | None = None
    after: Identifier | None = None

    @model_validator(mode="after")
    def _one_list_one_direction(self) -> "GetMessages":
        if (self.room_id is None) == (self.user_id is None):
            raise PydanticCustomError("one_list", "roomId: give either roomId or userId")
        if self.before is not None and self.after is not None:
            raise PydanticCustomError("one_direction", "before: give before or after, not both")
        if self.user_id is not None and self.after is not None:
            raise PydanticCustomError("one_direction", "after: goes with roomId only")
        return self


class MarkRead(Command):
    """The caller has read a room up to and including `seq`."""

    action: Literal["markRead"]
    room_id: Identifier
    seq: Annotated[int, Field(ge=1)]


class Ping(Command):
    """Keep the connection open, and ask for the heads of some rooms."""

    action: Literal["ping"]
    rooms: Annotated[list[Identifier], Field(max_length=limits.MAX_PING_ROOMS)] = Field(default_factory=list)


COMMANDS: dict[str, type[Command]] = {
    "hello": Hello,
    "createRoom": CreateRoom,
    "joinRoom": JoinRoom,
    "leaveRoom": LeaveRoom,
    "updateMember": UpdateMember,
    "getRooms": GetRooms,
    "getMembers": GetMembers,
    "sendMessage": SendMessage,
    "getMessages": GetMessages,
    "markRead": MarkRead,
    "ping": Ping,
}
