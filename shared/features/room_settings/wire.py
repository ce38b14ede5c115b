"""Commands about what a room is called and how it works."""

from typing import Literal

from shared.features.rooms.wire import Rules
from shared.protocol.base import Command, Description, Identifier, RoomName, Topic


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
