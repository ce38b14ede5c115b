"""The first frame of a connection, and pings."""

from typing import Annotated, Literal

from pydantic import Field

from shared.features.rooms.wire import RoomSummary
from shared.protocol import limits
from shared.protocol.base import Command, Event, Identifier


class Hello(Command):
    """The first frame of a connection: subscribe it to everything of its user, and tell the whole state."""

    action: Literal["hello"]


class Ping(Command):
    """Keep the connection open, and ask for the heads of some rooms."""

    action: Literal["ping"]
    rooms: Annotated[list[Identifier], Field(max_length=limits.MAX_PING_ROOMS)] = Field(default_factory=list)


class Welcome(Event):
    """The whole state of the caller as of a moment from which on nothing will be missed."""

    action: Literal["welcome"] = "welcome"
    user_id: str
    username: str
    expires_at: int
    rooms: list[RoomSummary]
    has_more: bool
    next: str | None = None


class DeviceConnected(Event):
    """Another connection of the same user has said hello: from now on there is a device more to keep up to date."""

    action: Literal["deviceConnected"] = "deviceConnected"


class Pong(Event):
    """The server's time, the last seq and the rev of each room asked for that the caller is a member of."""

    action: Literal["pong"] = "pong"
    time: int
    heads: dict[str, int]
    revs: dict[str, int]
