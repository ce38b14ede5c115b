"""A lost race is run again, and never taken for an answer."""

import pytest

from shared.aws import budgets, deadline, retry
from shared.core.errors import Conflict, RateLimited
from shared.db import conflicts
from shared.db.conflicts import retry_on_conflict
from shared.db.transactions import ConditionFailed, Contended

pytestmark = pytest.mark.usefixtures("waits")

LOST = ConditionFailed(frozenset({0}))


class Attempts:
    """Raises what it is given, one after the other, and then answers."""

    def __init__(self, *faults: Exception) -> None:
        self.faults = list(faults)
        self.made = 0

    def __call__(self) -> str:
        self.made += 1
        if self.faults:
            raise self.faults.pop(0)
        return "done"


def test_what_goes_through_is_done_once(waits: list[float]) -> None:
    attempts = Attempts()

    assert retry_on_conflict(attempts) == "done"
    assert attempts.made == 1
    assert waits == []


@pytest.mark.parametrize("fault", [LOST, Contended()])
def test_a_lost_race_is_run_again_after_a_short_wait(fault: Exception, waits: list[float]) -> None:
    attempts = Attempts(fault, fault)

    assert retry_on_conflict(attempts) == "done"
    assert attempts.made == 3
    assert len(waits) == 2
    assert max(waits) <= 0.4


def test_a_race_that_is_always_lost_is_told_as_a_limit() -> None:
    attempts = Attempts(*[LOST] * 100)

    with pytest.raises(RateLimited) as refused:
        retry_on_conflict(attempts)

    assert attempts.made == retry.CONFLICT.attempts
    assert refused.value.retry_after_ms == conflicts.RETRY_AFTER_MS


def test_the_last_attempt_may_be_the_one_that_succeeds() -> None:
    attempts = Attempts(*[LOST] * (retry.CONFLICT.attempts - 1))

    assert retry_on_conflict(attempts) == "done"


def test_near_the_deadline_it_is_given_up() -> None:
    attempts = Attempts(LOST)
    deadline.set_remaining(budgets.CONFLICT - 0.1)

    with pytest.raises(RateLimited):
        retry_on_conflict(attempts)

    assert attempts.made == 1


@pytest.mark.parametrize("fault", [Conflict("no", "lastAdmin"), KeyError(), TimeoutError()])
def test_everything_else_is_told_on(fault: Exception) -> None:
    attempts = Attempts(fault)

    with pytest.raises(type(fault)):
        retry_on_conflict(attempts)

    assert attempts.made == 1
