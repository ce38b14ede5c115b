"""Commands and events about pinned messages."""

from typing import Literal

from shared.features.messages.wire import StoredMessage
from shared.protocol.base import Command, Event, Identifier


class PinMessage(Command):
    """Pin a message to its room, or take the pin off: `on` says which, so that a retry changes nothing."""

    action: Literal["pinMessage"]
    room_id: Identifier
    sort_key: Identifier
    on: bool


class GetPins(Command):
    """The pinned messages of a room; `before` is the `next` of the page before."""

    action: Literal["getPins"]
    room_id: Identifier
    before: Identifier | None = None


class Pins(Event):
    """Pinned messages, the newest message first. `rev`: every change of the room up to this one is in them."""

    action: Literal["pins"] = "pins"
    room_id: str
    messages: list[StoredMessage]
    rev: int
    has_more: bool
    next: str | None = None
