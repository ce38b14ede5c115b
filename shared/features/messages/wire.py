"""Commands and events about messages."""

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from shared.protocol import limits
from shared.protocol.base import ClientId, Command, Event, Identifier, MessageText, Person, WireModel

MentionedIds = Annotated[list[Identifier], Field(max_length=limits.MAX_MENTIONS)]


class SendMessage(Command):
    """Store a message and push it to the room. With a `clientMessageId` a retry is stored once.

    `mentions`: userIds; who is no member of the room is left out. `mentionsRoom`: everybody, which admins may.
    `replyTo`: the sortKey of a message of the room that is quoted.
    """

    action: Literal["sendMessage"]
    message: MessageText
    room_id: Identifier | None = None
    client_message_id: ClientId | None = None
    mentions: MentionedIds = Field(default_factory=list)
    mentions_room: bool = False
    reply_to: Identifier | None = None

    @model_validator(mode="after")
    def _retries_name_their_room(self) -> "SendMessage":
        if self.client_message_id is not None and self.room_id is None:
            raise PydanticCustomError("missing_room", "roomId: is required together with clientMessageId")
        return self


class Reaction(WireModel):
    """An emoji, and who reacted with it, in the order in which they did."""

    emoji: str
    users: list[str]


class Quoted(WireModel):
    """The beginning of a message that another one quotes, as it is now. A deleted one has a `deletedAt` and no text."""

    sort_key: str
    seq: int
    user_id: str
    username: str
    excerpt: str
    deleted_at: int | None = None
    rev: int | None = None


class StoredMessage(WireModel):
    """A message as it stands in a room: pushed live and listed in history in this one shape.

    A deleted one has a `deletedAt`, and an empty text.
    """

    room_id: str
    message_id: str
    client_message_id: str | None = None
    user_id: str
    username: str
    message: str
    timestamp: int
    seq: int
    sort_key: str
    rev: int | None = None
    """Which change of the room was the last to this message; the higher one is the newer state."""
    text_rev: int | None = None
    """Which change was the last edit or the deletion."""
    reactions: list[Reaction] | None = None
    mentions: list[Person] | None = None
    mentions_room: bool | None = None
    reply_to: str | None = None
    quoted: Quoted | None = None
    """What `replyTo` names; missing where that has expired."""
    pinned_at: int | None = None
    pinned_by: str | None = None
    edits: int | None = None
    """How many earlier texts there are to be read with `getEdits`; the last 20 are kept."""
    edited_at: int | None = None
    deleted_at: int | None = None
    deleted_by: str | None = None


class MessageSent(Event):
    """The message is stored and handed on. A retry gets the first answer again.

    `mentions`, `mentionsRoom`, `replyTo` and `quoted` are as the message has them, so that the sender need not read it.
    """

    action: Literal["messageSent"] = "messageSent"
    room_id: str
    message_id: str
    client_message_id: str | None = None
    seq: int
    sort_key: str
    timestamp: int
    mentions: list[Person] | None = None
    mentions_room: bool | None = None
    reply_to: str | None = None
    quoted: Quoted | None = None


class Message(Event, StoredMessage):
    """A message, pushed to the room."""

    action: Literal["message"] = "message"
