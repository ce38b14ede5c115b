"""Commands and events about how far a person has read."""

from typing import Annotated, Literal

from pydantic import Field

from shared.protocol.base import Command, Event, Identifier


class MarkRead(Command):
    """The caller has read a room up to and including `seq`."""

    action: Literal["markRead"]
    room_id: Identifier
    seq: Annotated[int, Field(ge=1)]


class RoomRead(Event):
    """How far the caller has read a room."""

    action: Literal["roomRead"] = "roomRead"
    room_id: str
    last_read_seq: int
