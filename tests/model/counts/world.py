"""The world of the model: one room, of which one person has read nothing, and their list of rooms.

Each message mentions the person, until it is edited or deleted. Everything is a value, and each step of a process is
one call to AWS. What is sent and changed is one transaction each, so it is one step here.
"""

from typing import NamedTuple


class State(NamedTuple):
    """A message as it is at one time."""

    seq: int
    rev: int = 0
    mentions: bool = True
    deleted: bool = False


class Event(NamedTuple):
    """Something on its way to the client: `message`, `changed` or `list`."""

    kind: str
    state: State = State(0)
    after: int = 0
    """Of `changed`: the rev before it."""
    seq: int = 0
    rev: int = 0
    mentions: frozenset[int] = frozenset()
    gone: frozenset[int] = frozenset()


class Client(NamedTuple):
    """The room in the person's list; `seq` is -1 while there is none."""

    seq: int = -1
    rev: int = 0
    mentions: frozenset[int] = frozenset()
    gone: frozenset[int] = frozenset()
    heard: tuple[State, ...] = ()
    """The newest state of each message that was pushed."""
    listed: tuple[int, int] = (-1, -1)
    """The seq and the rev of the newest list."""
    asks: bool = True

    def heard_rev(self, seq: int) -> int:
        """Of which change of a message it has heard; -1: of none."""
        return next((state.rev for state in self.heard if state.seq == seq), -1)


class World(NamedTuple):
    """The tables, what is in the air, the client, lists that are being read, and what may still happen."""

    todo: tuple[tuple[str, int], ...]
    """`send`, `edit` (which takes the mention away) and `delete`, with the seq."""
    losses: int = 0
    doubles: int = 0
    lists: int = 2
    """How many lists may be under way at once."""
    messages: tuple[State, ...] = ()
    rev: int = 0
    client: Client = Client()
    air: tuple[Event, ...] = ()
    reading: tuple[Event, ...] = ()
    """Lists of which one half has been read."""

    @property
    def mentions(self) -> frozenset[int]:
        """As they stand in the membership."""
        return frozenset(state.seq for state in self.messages if state.mentions)

    @property
    def gone(self) -> frozenset[int]:
        """As they stand in the room."""
        return frozenset(state.seq for state in self.messages if state.deleted)

    @property
    def is_quiet(self) -> bool:
        """Nothing is under way, and pings have told the client the heads."""
        client = self.client
        heads_known = client.seq == len(self.messages) and client.rev == self.rev
        return not (self.todo or self.air or self.reading or client.asks) and heads_known
