"""When the running invocation must be done.

API Gateway stops waiting for an answer after 29 seconds and Lambda kills a function at its timeout; both are worse than
an error that the function chose itself. The edge sets the deadline (`edge.invocation.begin`); whatever waits or retries
looks at it. The budgets are in `budgets`.
"""

import time
from contextvars import ContextVar

from shared.aws import budgets

_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


class NoDeadline(RuntimeError):
    """Nobody has set a deadline in this context, so nothing would ever stop what runs in it."""


class _Outside:
    seconds: float | None = None


def allow_none(seconds: float) -> None:
    """From now on, where nobody has set a deadline, that many seconds are always left: for tests and tools."""
    _Outside.seconds = seconds


def set_remaining(seconds: float) -> None:
    """From now on, in this context, `remaining` counts down from `seconds`."""
    _deadline.set(time.monotonic() + seconds)


def shorten(seconds: float) -> None:
    """From now on `remaining` counts down from at most `seconds`."""
    set_remaining(min(seconds, remaining()))


def remaining() -> float:
    """Seconds left; may be negative. Raises NoDeadline."""
    deadline = _deadline.get()
    if deadline is not None:
        return deadline - time.monotonic()
    if _Outside.seconds is None:
        raise NoDeadline
    return _Outside.seconds


def timeout(most_seconds: float = budgets.CALL, *, reserved_seconds: float = 0.0) -> float:
    """The time-out for one call: at most `most_seconds`, and so that `reserved_seconds` are left after it."""
    return max(budgets.LEAST_CALL, min(most_seconds, remaining() - reserved_seconds))
