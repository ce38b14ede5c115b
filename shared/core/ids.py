"""Names for new things."""

import uuid
from collections.abc import Iterable
from hashlib import sha256

_DIRECT = "dm-"
_DIRECT_DIGITS = 32


def new_id() -> str:
    """A random, unguessable identifier (UUID version 4, 36 characters)."""
    return str(uuid.uuid4())


def sort_key(timestamp: int, message_id: str) -> str:
    """`timestamp#messageId`, the timestamp padded so that string order is time order until the year 2286."""
    return f"{timestamp:013d}#{message_id}"


def direct_room_id(user_ids: Iterable[str]) -> str:
    """The one id of the direct room of a set of people: `dm-` and 32 hexadecimal digits (SHA-256 of their userIds)."""
    return _DIRECT + sha256("\n".join(sorted(set(user_ids))).encode()).hexdigest()[:_DIRECT_DIGITS]


def is_direct(room_id: str) -> bool:
    """Whether a room's id is that of a direct room."""
    return room_id.startswith(_DIRECT)
