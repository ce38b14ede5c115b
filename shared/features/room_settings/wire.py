"""Commands about what a room is called and how it works."""

from typing import Annotated, Literal

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from shared.core.text import has_control_characters
from shared.features.rooms.wire import Rules
from shared.protocol import limits
from shared.protocol.base import Command, Identifier, RoomName


def _short(text: str) -> str:
    if len(text.encode()) > limits.MAX_TOPIC_BYTES:
        reason = f"at most {limits.MAX_TOPIC_BYTES} bytes of UTF-8"
        raise PydanticCustomError("too_large", "must be {reason}", {"reason": reason})
    return text


def _lines(text: str) -> str:
    if has_control_characters(text, lines=True):
        raise PydanticCustomError("control_characters", "must not hold control characters but tabs and line breaks")
    return text


def _one_line(text: str) -> str:
    if has_control_characters(text, lines=False):
        raise PydanticCustomError("control_characters", "must not hold control characters or line breaks")
    return text


Topic = Annotated[str, AfterValidator(str.strip), AfterValidator(_short), AfterValidator(_one_line)]
Description = Annotated[str, AfterValidator(str.strip), AfterValidator(_short), AfterValidator(_lines)]


class UpdateRoom(Command):
    """Change what is named, and leave the rest as it is. An empty topic or description takes it away."""

    action: Literal["updateRoom"]
    room_id: Identifier
    room_name: RoomName | None = None
    topic: Topic | None = None
    description: Description | None = None
    rules: Rules | None = None


class ArchiveRoom(Command):
    """Let nobody write in a room any more, or again: `archived` says which, so that a retry changes nothing."""

    action: Literal["archiveRoom"]
    room_id: Identifier
    archived: bool
