"""What a command comes to."""

from dataclasses import dataclass

from shared.protocol.base import Event
from shared.realtime.publication import Publication


@dataclass(frozen=True)
class Outcome:
    """A reply to the caller, and what is to be published before it is given."""

    reply: Event
    publish: tuple[Publication, ...] = ()
