"""Names for new things."""

import uuid


def new_id() -> str:
    """A random, unguessable identifier (UUID version 4, 36 characters)."""
    return str(uuid.uuid4())


def sort_key(timestamp: int, message_id: str) -> str:
    """`timestamp#messageId`, the timestamp padded so that string order is time order until the year 2286."""
    return f"{timestamp:013d}#{message_id}"
