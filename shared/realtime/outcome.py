"""What a command comes to."""

from typing import NamedTuple

from shared.protocol.base import Event
from shared.realtime.publication import Publication
from shared.realtime.topics import Listener


class Outcome(NamedTuple):
    """What the edge does once a command is done: publish, then close connections, and reply last.

    `reply` is None only where there is nobody to reply to ($connect, $disconnect).
    """

    reply: Event | None
    publish: tuple[Publication, ...] = ()
    close: tuple[Listener, ...] = ()
