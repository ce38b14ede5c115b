"""What `chat` hands over for delivery."""

from typing import NamedTuple

from shared.protocol.base import Event


class Publication(NamedTuple):
    """An event for everyone who listens to a topic, except, where given, one connection."""

    topic: str
    event: Event
    skip_connection: str | None = None
