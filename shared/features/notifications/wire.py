"""The command and the event of what may disturb a person."""

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


class NotificationsChanged(Event):
    """What may disturb the caller in a room. Of two, the one with the higher `settingsVersion` is the newer."""

    action: Literal["notificationsChanged"] = "notificationsChanged"
    room_id: str
    level: NotificationLevel
    muted_until: int | None = None
    settings_version: int
