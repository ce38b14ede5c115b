"""What `chat` hands over for delivery."""

from dataclasses import dataclass

from shared.protocol.base import Event


@dataclass(frozen=True)
class Publication:
    """An event for everyone who listens to a topic, except, where given, one connection."""

    topic: str
    event: Event
    skip_connection: str | None = None
