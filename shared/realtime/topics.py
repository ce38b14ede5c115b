"""The topics that events are published to, and who listens."""

from typing import NamedTuple


def user_topic(user_id: str) -> str:
    """Everything that concerns one person, on all their devices."""
    return f"user:{user_id}"


def room_topic(room_id: str) -> str:
    """Everything that happens in one room."""
    return f"room:{room_id}"


class Listener(NamedTuple):
    """A connection that listens to a topic, until `expires_at` (milliseconds since 1970)."""

    connection_id: str
    user_id: str
    expires_at: int
