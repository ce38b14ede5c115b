"""One line for each step, as it goes."""

import time
from collections.abc import Callable

_WIDTH = 62


class Skipped(Exception):
    """A step that can't run here; the text says what to install."""


class Failed(Exception):
    """A step found what it should not; the text says what."""


class Report:
    """Runs steps and remembers how they went."""

    def __init__(self) -> None:
        self.failures = 0
        self.done = 0

    def step(self, name: str, check: Callable[[], str | None]) -> bool:
        """Run one, tell how long it took and what it says, and whether it went well."""
        print(f"{name:.<{_WIDTH}} ", end="", flush=True)
        started = time.monotonic()
        try:
            told = check() or "ok"
        except Skipped as reason:
            print(f"skipped: {reason}", flush=True)
            return True
        except Exception as error:  # whatever it is, the steps after it decide for themselves
            self.failures += 1
            print(f"FAILED ({time.monotonic() - started:.0f} s)\n{type(error).__name__}: {error}", flush=True)
            return False
        self.done += 1
        print(f"{told} ({time.monotonic() - started:.0f} s)", flush=True)
        return True
