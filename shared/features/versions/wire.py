"""The command and the event of reading a message's earlier texts."""

from typing import Literal

from shared.protocol.base import Command, Event, Identifier, WireModel


class GetEdits(Command):
    """The earlier texts of a message that was edited."""

    action: Literal["getEdits"]
    room_id: Identifier
    sort_key: Identifier


class Version(WireModel):
    """A text that a message had. `at`: when it was written."""

    message: str
    at: int
    text_rev: int


class MessageEdits(Event):
    """The earlier texts of a message, the latest first. `isCut`: older ones did not fit into the frame."""

    action: Literal["messageEdits"] = "messageEdits"
    room_id: str
    sort_key: str
    versions: list[Version]
    is_cut: bool
