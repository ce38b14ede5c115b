"""How long is waited, within which bounds, and for how long at all."""

import contextvars

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.aws import budgets, deadline, retry
from shared.aws.deadline import NoDeadline
from shared.aws.retry import Policy


@given(st.integers(0, 60), st.floats(0.001, 2), st.floats(0.001, 30))
def test_a_wait_is_within_its_bounds(attempt: int, base: float, cap: float) -> None:
    waited = retry.full_jitter(attempt, base, cap)

    assert 0 <= waited <= min(cap, base * 2**attempt)


def test_the_jitter_is_full() -> None:
    waits = [retry.full_jitter(3, 1.0, 8.0) for _ in range(2_000)]

    assert min(waits) < 0.8
    assert max(waits) > 7.2


def test_the_bound_doubles_up_to_the_cap() -> None:
    def most(attempt: int) -> float:
        return max(retry.full_jitter(attempt, 1.0, 8.0) for _ in range(2_000))

    assert most(0) <= 1 < most(1) <= 2 < most(2) <= 4 < most(3) <= 8
    assert most(4) <= 8


def test_a_pause_is_slept(waits: list[float]) -> None:
    retry.pause(50, Policy(attempts=99, reserved_seconds=0, base_seconds=0.01, cap_seconds=0.4))

    (slept,) = waits
    assert 0 <= slept <= 0.4


@pytest.mark.usefixtures("stopped_deadline")
def test_a_deadline_is_only_ever_shortened() -> None:
    deadline.set_remaining(10)

    deadline.shorten(20)
    assert deadline.remaining() == 10
    deadline.shorten(5)
    assert deadline.remaining() == 5


@pytest.mark.usefixtures("stopped_deadline")
def test_a_new_invocation_has_time_of_its_own() -> None:
    deadline.set_remaining(-5)
    assert deadline.remaining() == -5

    deadline.set_remaining(10)
    assert deadline.remaining() == 10


def test_a_deadline_that_nobody_has_set_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadline._Outside, "seconds", None)

    with pytest.raises(NoDeadline):
        contextvars.Context().run(deadline.remaining)


def test_tools_may_do_without_a_deadline() -> None:
    assert contextvars.Context().run(deadline.remaining) == 25.0


@pytest.mark.usefixtures("stopped_deadline")
def test_a_call_gets_what_is_left_but_never_nothing() -> None:
    deadline.set_remaining(3)

    assert deadline.timeout(5) == 3
    assert deadline.timeout(1) == 1
    assert deadline.timeout(5, reserved_seconds=2) == 1
    assert deadline.timeout(5, reserved_seconds=3) == budgets.LEAST_CALL


@pytest.mark.usefixtures("waits", "stopped_deadline")
def test_attempts_end_with_their_number_or_with_the_time() -> None:
    policy = Policy(attempts=4, reserved_seconds=1)
    deadline.set_remaining(1)
    assert list(retry.attempts(policy)) == [0, 1, 2, 3]

    deadline.set_remaining(0.9)
    assert list(retry.attempts(policy)) == [0]


def test_each_budget_leaves_room_for_what_follows_it() -> None:
    assert budgets.ANSWER < budgets.GATEWAY
    assert budgets.CONFLICT > budgets.HAND_OVER > budgets.LAST_ATTEMPT > budgets.LEAST_CALL
    assert budgets.RECORD > budgets.HAND_OVER
    assert budgets.CREDENTIALS_CALL < budgets.CALL < budgets.ANSWER - budgets.CONFLICT
