"""Commands and the event of what one wants of a room for oneself."""

from typing import Annotated, Literal

from pydantic import Field

from shared.protocol import limits
from shared.protocol.base import Command, Event, Identifier
from shared.protocol.vocabulary import NotificationLevel


class SetNotifications(Command):
    """Which messages of a room may disturb the caller, and until when none may; no `mutedUntil`: it is not muted."""

    action: Literal["setNotifications"]
    room_id: Identifier
    level: NotificationLevel
    muted_until: Annotated[int, Field(ge=0, le=limits.MAX_TIME)] | None = None


class HideRoom(Command):
    """Take a room out of the caller's list until there is a message above `seq`, the last one that the caller knows."""

    action: Literal["hideRoom"]
    room_id: Identifier
    seq: Annotated[int, Field(ge=0)]


class PersonalSettingsChanged(Event):
    """What the caller wants of a room. Of two, the one with the higher `settingsVersion` is the newer.

    The room is hidden while its `lastSeq` is not above `hiddenAtSeq`.
    """

    action: Literal["personalSettingsChanged"] = "personalSettingsChanged"
    room_id: str
    level: NotificationLevel
    muted_until: int | None = None
    hidden_at_seq: int | None = None
    settings_version: int
