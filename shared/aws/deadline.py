"""When the running invocation must be done.

API Gateway stops waiting for an answer after 29 seconds and Lambda kills a function at its timeout; both are worse than
an error that the function chose itself. The runtime sets the deadline, whatever waits or retries looks at it.
"""

import time
from contextvars import ContextVar

_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)

UNLIMITED_SECONDS = 25.0
"""What is left where nobody has set a deadline (tests, tools)."""


def set_remaining(seconds: float) -> None:
    """From now on, in this context, `remaining` counts down from `seconds`."""
    _deadline.set(time.monotonic() + seconds)


def shorten(seconds: float) -> None:
    """From now on `remaining` counts down from at most `seconds`."""
    set_remaining(min(seconds, remaining()))


def remaining() -> float:
    """Seconds left; may be negative."""
    deadline = _deadline.get()
    return UNLIMITED_SECONDS if deadline is None else deadline - time.monotonic()
