"""The command and the event of reading back: apart from those of sending, which must load quickly."""

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from shared.features.messages.wire import StoredMessage
from shared.protocol import limits
from shared.protocol.base import Command, Event, Identifier


class GetMessages(Command):
    """A room's history, or the caller's own messages (`userId`).

    `before` and `after` are sortKeys, exclusive. `around`: the messages up to and including one, and as many after it.
    """

    action: Literal["getMessages"]
    room_id: Identifier | None = None
    user_id: Identifier | None = None
    limit: Annotated[int, Field(ge=1, le=limits.MAX_HISTORY)] = limits.DEFAULT_HISTORY
    before: Identifier | None = None
    after: Identifier | None = None
    around: Identifier | None = None

    @model_validator(mode="after")
    def _one_list_one_direction(self) -> "GetMessages":
        if (self.room_id is None) == (self.user_id is None):
            raise PydanticCustomError("one_list", "roomId: give either roomId or userId")
        given = [name for name in ("before", "after", "around") if getattr(self, name) is not None]
        if len(given) > 1:
            raise PydanticCustomError("one_direction", f"{given[0]}: give before, after or around, only one of them")
        if self.user_id is not None and given and given != ["before"]:
            raise PydanticCustomError("one_direction", f"{given[0]}: goes with roomId only")
        return self


class MessageHistory(Event):
    """Messages, oldest first. `hasMore`: further ones exist in the direction that was asked; around a message, older
    ones, and newer ones where `hasAfter`. `rev`: every change of the room up to this one is in them."""

    action: Literal["messageHistory"] = "messageHistory"
    room_id: str | None = None
    user_id: str | None = None
    messages: list[StoredMessage]
    has_more: bool
    has_after: bool | None = None
    rev: int | None = None
