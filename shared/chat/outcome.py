"""What a command comes to."""

from dataclasses import dataclass

from shared.delivery.publication import Publication
from shared.protocol.events import Event


@dataclass(frozen=True)
class Outcome:
    """A reply to the caller, and what is to be published before it is given."""

    reply: Event
    publish: tuple[Publication, ...] = ()
