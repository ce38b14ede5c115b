"""Parts of a membership that are handled on their own."""

from typing import NamedTuple

from shared.protocol.vocabulary import MemberStatus, NotificationLevel


class MembershipImage(NamedTuple):
    """A membership as a stream record shows it."""

    user_id: str
    room_id: str
    status: str
    version: int


class Standing(NamedTuple):
    """What a person is in a room, as their membership has it."""

    status: MemberStatus
    is_moderator: bool


class PersonalSettings(NamedTuple):
    """What a person wants of a room for themselves."""

    level: NotificationLevel
    muted_until: int | None
    """In milliseconds since 1970."""
    hidden_at_seq: int | None
    """Their list does not show the room while its `lastSeq` is not above this."""
