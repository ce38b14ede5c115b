"""Commands and events about messages."""

from typing import Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from shared.protocol.base import ClientId, Command, Event, Identifier, MessageText, WireModel


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


class Reaction(WireModel):
    """An emoji, and who reacted with it, in the order in which they did."""

    emoji: str
    users: list[str]


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
    edited_at: int | None = None
    deleted_at: int | None = None
    deleted_by: str | None = None


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
