"""The command and the event of reading back: apart from those of sending, which must load quickly."""

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from shared.features.messages.wire import StoredMessage
from shared.protocol import limits
from shared.protocol.base import Command, Event, Identifier


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


class MessageHistory(Event):
    """Messages, oldest first. `hasMore`: further ones exist in the direction that was asked. `rev`: every change of the
    room up to this one is in them."""

    action: Literal["messageHistory"] = "messageHistory"
    room_id: str | None = None
    user_id: str | None = None
    messages: list[StoredMessage]
    has_more: bool
    rev: int | None = None
