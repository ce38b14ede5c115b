"""Read, decide, write on the condition that nothing has changed; and again when it has."""

from collections.abc import Callable
from typing import TypeVar

from shared.aws import deadline, retry
from shared.core.errors import RateLimited
from shared.db.transactions import ConditionFailed, Contended

MAX_ATTEMPTS = 16
RESERVED_SECONDS = 3.0
RETRY_AFTER_MS = 1_000

_Result = TypeVar("_Result")


def retry_on_conflict(attempt: Callable[[], _Result]) -> _Result:
    """Run `attempt` anew after each ConditionFailed or Contended, with jitter; RateLimited when that does not end.

    Whoever loses against another writer reads again what that one wrote: a lost race is never taken for an answer.
    """
    for number in range(MAX_ATTEMPTS):
        try:
            return attempt()
        except (ConditionFailed, Contended):
            if deadline.remaining() < RESERVED_SECONDS:
                break
            retry.pause(number, base_seconds=0.01, cap_seconds=0.4)
    raise RateLimited("too many changes at once; nothing was stored", RETRY_AFTER_MS)
