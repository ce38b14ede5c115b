"""How long is waited, within which bounds, and for how long at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.aws import deadline, retry


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
    retry.pause(50, base_seconds=0.01, cap_seconds=0.4)

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
