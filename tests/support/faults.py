"""Faults at the calls that Parley makes to AWS: the only moments at which a command can be half done.

Every call (DynamoDB, SQS, `@connections`) passes through `Faults.step`. A test asks for every moment of a command in
turn and says what shall happen there:

    for moment in faults.every_moment():
        ...given...
        with moment.strike(Fault.KILLED_AFTER):
            ...the command...
        ...then...

The loop ends after the run in which the command finished without reaching the moment.
"""

import contextlib
import threading
from collections.abc import Callable, Iterator
from enum import Enum
from itertools import count
from typing import NoReturn, TypeVar

_Result = TypeVar("_Result")


class Killed(BaseException):
    """The Lambda is gone. No handler of exceptions in the product catches it."""


class Fault(Enum):
    """What happens to the call."""

    KILLED_BEFORE = "killed before the call"
    KILLED_AFTER = "killed after the call took effect"
    THROTTLED = "this call is throttled, once"
    ANSWER_LOST = "the call takes effect, its answer is lost, once"
    CONTENDED = "this write meets another transaction on one of its items, once"
    DOWN = "this and every later call is throttled"
    DEAF = "this and every later call takes effect, and its answer is lost"


LASTING = (Fault.DOWN, Fault.DEAF)


class Moment:
    """Before the n-th call of a command."""

    def __init__(self, faults: "Faults", number: int) -> None:
        self._faults = faults
        self._number = number
        self.reached = False
        self.call = ""
        """The call that it came to."""

    @contextlib.contextmanager
    def strike(self, fault: Fault) -> Iterator[None]:
        """Let the fault happen at this moment of the command in the body. A kill ends the body, and nothing else."""
        self._faults.arm(self, self._number, fault)
        try:
            with contextlib.suppress(Killed):
                yield
        finally:
            self._faults.disarm()

    @contextlib.contextmanager
    def meanwhile(self, action: Callable[[], object]) -> Iterator[None]:
        """Run the action at this moment of the command in the body, or after it where it is over by then."""
        self._faults.arm(self, self._number, action)
        try:
            yield
        finally:
            self._faults.disarm()
        if not self.reached:
            action()

    def __repr__(self) -> str:
        return f"before call {self._number} ({self.call or 'not reached'})"


class Faults:
    """Counts the calls while a moment is armed, and does what was said there. One thread may be armed."""

    def __init__(self) -> None:
        self._moment: Moment | None = None
        self._at = 0
        self._what: Fault | Callable[[], object] | None = None
        self._thread: int | None = None
        self._steps = 0

    def every_moment(self) -> Iterator[Moment]:
        """One moment after the other, until a command ends before it comes."""
        for number in count(1):
            moment = Moment(self, number)
            yield moment
            if not moment.reached:
                return

    def arm(self, moment: Moment, at: int, what: Fault | Callable[[], object]) -> None:
        """From now on count the calls of this thread."""
        self._moment, self._at, self._what, self._steps = moment, at, what, 0
        self._thread = threading.get_ident()

    def disarm(self) -> None:
        """Leave calls alone."""
        self._moment = None

    def step(
        self,
        name: str,
        call: Callable[[], _Result],
        throttled: Callable[[], _Result],
        lost: Callable[[], _Result],
        contended: Callable[[], _Result] | None = None,
    ) -> _Result:
        """One call to AWS.

        `throttled`, `lost` and `contended` are how it looks when it is refused, when no answer comes, and when another
        transaction is in the way; without `contended` that cannot happen to it.
        """
        fault = self._due(name)
        if fault is None or (fault is Fault.CONTENDED and contended is None):
            return call()
        if fault is Fault.CONTENDED:
            assert contended is not None
            return contended()
        if fault is Fault.KILLED_BEFORE:
            raise Killed(name)
        if fault in (Fault.THROTTLED, Fault.DOWN):
            return throttled()
        with contextlib.suppress(Exception):  # that it failed is lost as well
            call()
        if fault is Fault.KILLED_AFTER:
            raise Killed(name)
        return lost()

    def _due(self, name: str) -> Fault | None:
        moment = self._moment
        if moment is None or threading.get_ident() != self._thread:
            return None
        self._steps += 1
        lasting = isinstance(self._what, Fault) and self._what in LASTING
        if self._steps < self._at or (self._steps > self._at and not lasting):
            return None
        moment.reached = True
        moment.call = moment.call or name
        if isinstance(self._what, Fault):
            return self._what
        assert self._what is not None
        self._moment = None
        try:
            self._what()
        finally:
            self._moment = moment
        return None


def raising(error: BaseException) -> Callable[[], NoReturn]:
    """A function that raises."""

    def raise_it() -> NoReturn:
        raise error

    return raise_it
