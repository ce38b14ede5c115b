"""The command and the event of what concerns a person."""

from typing import Literal

from shared.features.messages.wire import StoredMessage
from shared.protocol.base import Command, Event, Identifier, WireModel
from shared.protocol.vocabulary import ActivityKind


class GetActivity(Command):
    """Mentions of the caller and reactions to what they wrote; `before` is the `next` of the page before."""

    action: Literal["getActivity"]
    before: Identifier | None = None


class ActivityItem(WireModel):
    """A message that mentions the caller, or one of theirs to which somebody reacted with `emoji`; `at`: when."""

    kind: ActivityKind
    at: int
    by_user_id: str
    by_username: str
    emoji: str | None = None
    message: StoredMessage


class ActivityList(Event):
    """What concerned the caller in the last 30 days, the latest first, as far as it still holds. A page may be empty
    though there are more."""

    action: Literal["activity"] = "activity"
    items: list[ActivityItem]
    has_more: bool
    next: str | None = None
