"""Limits of a person that are soon reached, and the clock by which they are counted."""

import pytest

from shared.core import clock
from shared.protocol.limits import ARRIVAL_WINDOW_MS
from tests.support import environment


class Clock:
    """The functions' clock. It stands still, 4 s after the begin of a window of each length."""

    def __init__(self) -> None:
        self.now = clock.now_ms() // ARRIVAL_WINDOW_MS * ARRIVAL_WINDOW_MS + 4_000

    def now_ms(self) -> int:
        """Milliseconds since 1970."""
        return self.now


def standing_clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Give the functions a clock that only the test moves."""
    standing = Clock()
    monkeypatch.setattr(clock, "now_ms", standing.now_ms)
    return standing


def limit(monkeypatch: pytest.MonkeyPatch, **limits: int) -> None:
    """Set limits of a person, until the end of the test."""
    for name, most in limits.items():
        monkeypatch.setenv(f"PARLEY_LIMIT_{name.upper()}", str(most))
    environment.read_settings_again()


def setting(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """Set a variable of the functions, until the end of the test."""
    monkeypatch.setenv(name, value)
    environment.read_settings_again()


def as_shipped(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Leave a limit at what it is unless somebody sets it."""
    monkeypatch.delenv(f"PARLEY_LIMIT_{name.upper()}", raising=False)
    environment.read_settings_again()
