"""The world of the model: one room with its admin and one member, whose connections come and go.

Everything is a value: a step makes a new state out of an old one. A process is a command that is under way, a queue
entry or a stream record that is being worked on; each of its steps is one call to AWS, and between any two of them
everything else may happen.
"""

from typing import NamedTuple

Membership = tuple[str, int]
"""Status (`pending`, `approved`, `left`, `banned`) and version."""

NOBODY: Membership = ("", 0)


class Device(NamedTuple):
    """A connection of the member, and what its client knows. `phase`: new, welcomed, other (says no hello), gone."""

    phase: str = "new"
    membership: Membership = NOBODY
    head: int = 0
    """The greatest seq that the client knows of; it reads whatever it lacks below."""


class Process(NamedTuple):
    """A command under way. `at` is its next step; the rest is what it remembers."""

    kind: str
    at: str
    about: str = ""
    """The clientMessageId, the device's number, or the act."""
    seq: int = 0
    membership: Membership = NOBODY
    targets: tuple[int, ...] = ()
    subscribed: Membership = NOBODY
    too_late: bool = False
    """The send began after the member had been told that they are out."""


class Entry(NamedTuple):
    """A segment in the queue."""

    seq: int
    targets: tuple[int, ...]
    too_late: bool


class State(NamedTuple):
    """Tables, queue, stream, what is in the air, clients, processes, and what may still happen."""

    membership: Membership
    devices: tuple[Device, ...]
    todo: tuple[tuple[str, str], ...]
    """Commands that nobody has started yet: kind and what about."""
    crashes: int = 0
    redeliveries: int = 0
    large: bool = False
    """The room is served through the queue."""
    last_seq: int = 0
    messages: tuple[tuple[str, int], ...] = ()
    """clientMessageId and seq of each stored message."""
    subscriptions: frozenset[tuple[str, int]] = frozenset()
    """`user` or `room`, and the number of the device."""
    stream: int = 0
    queue: tuple[Entry, ...] = ()
    air: tuple[tuple[int, Membership], ...] = ()
    """memberChanged events on their way, in no order."""
    acknowledged: frozenset[tuple[str, int]] = frozenset()
    shut: bool = False
    """The member has been told that they are out, and has not come in again since."""
    processes: tuple[Process, ...] = ()
    violation: str = ""

    @property
    def is_quiet(self) -> bool:
        """Nothing is under way, and nothing is waiting."""
        return not (self.processes or self.todo or self.stream or self.queue or self.air)

    def listeners(self, topic: str) -> tuple[int, ...]:
        """The devices that listen to a topic."""
        return tuple(sorted(device for each, device in self.subscriptions if each == topic))

    def without(self, process: Process) -> "State":
        """The process has ended."""
        rest = list(self.processes)
        rest.remove(process)
        return self._replace(processes=tuple(rest))

    def running(self, process: Process) -> "State":
        """The process goes on from here. Their order means nothing, so they are kept sorted."""
        return self._replace(processes=tuple(sorted((*self.processes, process))))

    def with_device(self, number: int, device: Device) -> "State":
        """A client learnt something."""
        devices = list(self.devices)
        devices[number] = device
        return self._replace(devices=tuple(devices))
