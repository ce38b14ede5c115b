"""The topics that events are published to."""


def user_topic(user_id: str) -> str:
    """Everything that concerns one person, on all their devices."""
    return f"user:{user_id}"


def room_topic(room_id: str) -> str:
    """Everything that happens in one room."""
    return f"room:{room_id}"
