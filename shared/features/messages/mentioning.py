"""Who is mentioned by a message: members of its room, and nobody else."""

from collections.abc import Iterable

from shared.db.reads import Found
from shared.db.table import Key
from shared.features.memberships.table import Membership
from shared.protocol.base import Person


def keys_of(user_ids: Iterable[str], room_id: str) -> dict[str, Key[Membership]]:
    """The memberships to read, by userId."""
    return {user_id: Membership.key(user_id, room_id) for user_id in user_ids}


def members_of(keys: dict[str, Key[Membership]], found: Found) -> list[Membership]:
    """The memberships of those who are members, in the order of the message."""
    memberships = (found[key] for key in keys.values())
    return [membership for membership in memberships if membership is not None and membership.is_approved]


def as_mentions(members: Iterable[Membership]) -> list[Person] | None:
    """As they are stored with the message."""
    return [Person(user_id=member.user_id, username=member.username) for member in members] or None
