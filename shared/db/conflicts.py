"""Read, decide, write on the condition that nothing has changed; and once more when it has."""

from collections.abc import Callable
from typing import TypeVar

from shared.aws import retry
from shared.aws.retry import Policy
from shared.core.errors import RateLimited
from shared.db.transactions import ConditionFailed, Contended

RETRY_AFTER_MS = 1_000

_Result = TypeVar("_Result")


def retry_on_conflict(attempt: Callable[[], _Result], policy: Policy = retry.CONFLICT) -> _Result:
    """Repeat `attempt` after each ConditionFailed or Contended, with jitter. Raises RateLimited when it never succeeds.

    Every attempt reads again, so it sees what the writer it lost against has written.
    """
    for _ in retry.attempts(policy):
        try:
            return attempt()
        except (ConditionFailed, Contended):
            continue
    raise RateLimited("too many changes at once; nothing was stored", RETRY_AFTER_MS, "contention")
