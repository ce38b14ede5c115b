"""The command and the event of somebody who is writing."""

from typing import Literal

from shared.protocol.base import Command, Event, Identifier


class Typing(Command):
    """The caller is writing in a room. Nothing answers it, not even an error."""

    action: Literal["typing"]
    room_id: Identifier


class SomebodyTypes(Event):
    """Somebody is writing in a room: show it until their message comes, or for ten seconds."""

    action: Literal["somebodyTypes"] = "somebodyTypes"
    room_id: str
    user_id: str
