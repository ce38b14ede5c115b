"""Commands and events about how far a person has read."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from shared.protocol import limits
from shared.protocol.base import Command, Event, Identifier, WireModel


class Mark(WireModel):
    """A room has been read up to and including `seq`."""

    room_id: Identifier
    seq: Annotated[int, Field(ge=1)]


def _each_room_once(marks: list[Mark]) -> list[Mark]:
    if len({mark.room_id for mark in marks}) < len(marks):
        raise PydanticCustomError("twice", "must name each room once")
    return marks


class MarkRead(Command):
    """How far the caller has read some rooms."""

    action: Literal["markRead"]
    rooms: Annotated[
        list[Mark], Field(min_length=1, max_length=limits.MAX_MARKED_ROOMS), AfterValidator(_each_room_once)
    ]


class ReadRoom(WireModel):
    """How far the caller has read a room."""

    room_id: str
    last_read_seq: int


class RoomsRead(Event):
    """How far the caller has read some rooms.

    `otherDevices`, in the reply only: how many other connections of the caller listen, and have been told.
    """

    action: Literal["roomsRead"] = "roomsRead"
    rooms: list[ReadRoom]
    other_devices: int | None = None
