"""Commands and events about messages."""

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from shared.protocol import limits
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
