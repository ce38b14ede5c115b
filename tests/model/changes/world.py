"""The world of the model: one room of two messages, people who change them, and one client that follows.

The newer message is on the first page of history, the older one on the second. As in `tests.model.state`, everything is
a value, and each step of a process is one call to AWS.
"""

from typing import NamedTuple

from tests.model.changes.rules import Rules


class Message(NamedTuple):
    """A message as it is stored, and as it is held by the client."""

    rev: int = 0
    text_rev: int = 0
    text: str = ""
    on: bool = False
    """Whether there is a reaction."""
    deleted: bool = False
    edits: tuple[str, ...] = ()
    """The ids of the edits that it remembers."""


Held = tuple[tuple[str, Message], ...]


class Client(NamedTuple):
    """What one client holds. `rev`: every change up to it is in what is held; -1 while the room is not open."""

    held: Held = ()
    rev: int = -1
    ahead: tuple[tuple[int, int], ...] = ()
    head: int = 0
    """The greatest rev that it has heard of."""

    @property
    def is_behind(self) -> bool:
        """Whether it has reason to ask for changes."""
        return self.rev >= 0 and max((self.head, *(upto for _, upto in self.ahead))) > self.rev

    def merged(self, messages: Held, rules: Rules, *, only_held: bool) -> "Client":
        """With these states of messages taken in."""
        held = dict(self.held)
        for name, message in messages:
            if only_held and name not in held:
                continue
            known = held.get(name)
            if known is None or not rules.higher_rev_wins or message.rev >= known.rev:
                held[name] = message
        return self._replace(held=tuple(sorted(held.items())))

    def heard(self, after: int, rev: int, rules: Rules) -> "Client":
        """With the changes after one rev and up to another."""
        if not rules.gap_holds_the_rev:
            return self._replace(rev=max(self.rev, rev))
        ahead = sorted({*self.ahead, (after, rev)})
        reached = self.rev
        while ahead and ahead[0][0] <= reached:
            reached = max(reached, ahead.pop(0)[1])
        return self._replace(rev=reached, ahead=tuple(ahead))


class Command(NamedTuple):
    """What somebody will do: `edit`, `delete`, `react`, or, by the client, `open` and `earlier`."""

    kind: str
    name: str
    edit_id: str = ""
    base: int = 0


class Process(NamedTuple):
    """Something under way. `at` is its next step; the rest is what it remembers."""

    at: str
    command: Command
    rev: int = -1
    messages: Held = ()
    upto: int = 0


class Event(NamedTuple):
    """Something on its way to the client: `changed`, `changes`, `page` or `earlier`."""

    kind: str
    after: int
    rev: int
    messages: Held


class World(NamedTuple):
    """Tables, what is in the air, the client, processes, and what may still happen."""

    todo: tuple[Command, ...]
    crashes: int = 0
    losses: int = 0
    doubles: int = 0
    pings: bool = False
    rev: int = 0
    log: tuple[tuple[int, str], ...] = ()
    stored: Held = (("new", Message()), ("old", Message()))
    client: Client = Client()
    air: tuple[Event, ...] = ()
    processes: tuple[Process, ...] = ()
    acknowledged: tuple[tuple[Command, int], ...] = ()
    made: tuple[str, ...] = ()
    """The ids of the edits that were stored."""
    lost: bool = False
    violation: str = ""

    @property
    def is_busy(self) -> bool:
        """Something is under way."""
        return bool(self.processes or self.todo or self.air)

    @property
    def is_quiet(self) -> bool:
        """Nothing is under way, and the client has nothing to ask."""
        knows = not self.pings or self.client.rev < 0 or self.client.head >= self.rev
        return not self.is_busy and not self.client.is_behind and knows

    def message(self, name: str) -> Message:
        """As it is stored."""
        return dict(self.stored)[name]

    def without(self, process: Process) -> "World":
        """The process has ended."""
        rest = list(self.processes)
        rest.remove(process)
        return self._replace(processes=tuple(rest))

    def running(self, process: Process) -> "World":
        """The process goes on from here."""
        return self._replace(processes=tuple(sorted((*self.processes, process))))

    def sending(self, event: Event) -> "World":
        """Something goes to the client."""
        return self._replace(air=tuple(sorted((*self.air, event))))
