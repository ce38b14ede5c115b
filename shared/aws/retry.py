"""Trying again: how often, how long to wait before, and when there is no time left for it.

    for _ in retry.attempts(POLICY):
        try:
            return call()
        except Throttled as error:
            last = error
    raise Unavailable from last

Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
"""

import random
import time
from collections.abc import Iterator
from typing import NamedTuple

from shared.aws import budgets, deadline


class Policy(NamedTuple):
    """How something is tried again. Before retry n (from 1) it waits a random time up to base * 2**n, at most cap."""

    attempts: int
    reserved_seconds: float
    """With less left until the deadline, it is not tried again."""
    base_seconds: float = 0.02
    cap_seconds: float = 1.0


AWS_CALL = Policy(attempts=8, reserved_seconds=budgets.LAST_ATTEMPT)
QUEUE_CALL = Policy(attempts=4, reserved_seconds=budgets.LAST_ATTEMPT)
CONFLICT = Policy(attempts=16, reserved_seconds=budgets.CONFLICT, base_seconds=0.005, cap_seconds=0.4)
CHANGE_CONFLICT = Policy(attempts=8, reserved_seconds=budgets.CONFLICT, base_seconds=0.03, cap_seconds=1.5)
"""Changes to messages give way to sends, with which they share the room's item."""

CAPACITY = Policy(attempts=1_000, reserved_seconds=budgets.CAPACITY)
"""Only the deadline ends it: DynamoDB has done a part of the work each time."""


def attempts(policy: Policy) -> Iterator[int]:
    """The number of each attempt, from 0, with a pause before all but the first; ends with the attempts or the time."""
    yield 0
    for number in range(1, policy.attempts):
        if deadline.remaining() < policy.reserved_seconds:
            return
        pause(number, policy)
        yield number


def full_jitter(attempt: int, base_seconds: float, cap_seconds: float) -> float:
    """A random wait in seconds for the retry number `attempt`."""
    return random.uniform(0, min(cap_seconds, base_seconds * 2**attempt))  # noqa: S311


def pause(attempt: int, policy: Policy) -> None:
    """Sleep for `full_jitter`."""
    time.sleep(full_jitter(attempt, policy.base_seconds, policy.cap_seconds))
