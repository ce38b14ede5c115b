"""Commands and events about changes to messages."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from shared.core.emoji import is_one_emoji
from shared.features.messages.wire import MentionedIds, StoredMessage
from shared.features.rooms.wire import RoomInfo
from shared.protocol import limits
from shared.protocol.base import ClientId, Command, Event, Identifier, MessageText


def _one_emoji(text: str) -> str:
    if len(text.encode()) > limits.MAX_EMOJI_BYTES or not is_one_emoji(text):
        raise PydanticCustomError("emoji", "must be one emoji")
    return text


Emoji = Annotated[str, AfterValidator(_one_emoji)]


class EditMessage(Command):
    """Put another text in the place of one's own message, with the people that it mentions.

    `basedOn` is the `textRev` of the text that was edited: if the message has another one by now, nothing is changed.
    With the same `clientEditId` a retry is applied once.
    """

    action: Literal["editMessage"]
    room_id: Identifier
    sort_key: Identifier
    message: MessageText
    based_on: Annotated[int, Field(ge=0)]
    client_edit_id: ClientId
    mentions: MentionedIds = Field(default_factory=list)


class DeleteMessage(Command):
    """Delete one's own message, or as an admin anybody's. Its text and its reactions are gone for good."""

    action: Literal["deleteMessage"]
    room_id: Identifier
    sort_key: Identifier


class React(Command):
    """Put a reaction to a message, or take it back: `on` says which, so that a retry changes nothing."""

    action: Literal["react"]
    room_id: Identifier
    sort_key: Identifier
    emoji: Emoji
    on: bool


class GetChanges(Command):
    """Every message that was changed after a `rev` of the room, as it is now."""

    action: Literal["getChanges"]
    room_id: Identifier
    after: Annotated[int, Field(ge=0)]


class Changed(Event):
    """Messages as they are after changes `fromRev + 1` to `rev` of their room. Pushed, and the reply to a change."""

    action: Literal["changed"] = "changed"
    room_id: str
    from_rev: int
    rev: int
    messages: list[StoredMessage]
    room: RoomInfo | None = None
    """What the room is called and how it works, where that was changed."""


class Changes(Event):
    """The reply to `getChanges`.

    `hasMore`: ask again after `rev`. `reset`: too much has changed, so read the room afresh.
    """

    action: Literal["changes"] = "changes"
    room_id: str
    from_rev: int
    rev: int
    messages: list[StoredMessage]
    room: RoomInfo | None = None
    """What the room is called and how it works, where that was changed since."""
    has_more: bool
    reset: bool = False
