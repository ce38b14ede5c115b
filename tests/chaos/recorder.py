"""Collects what all clients write down."""

import threading
import time
from collections import Counter

from tests.chaos.history import Record


def now() -> float:
    """Seconds of the one clock of a history."""
    return time.monotonic()


class Recorder:
    """Used from one event loop; `records` may be read from anywhere once all is over."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.operations: Counter[str] = Counter()
        """How many commands of each kind were given, whatever came of them."""
        self._lock = threading.Lock()

    def add(self, record: Record) -> None:
        """Write it down."""
        with self._lock:
            self.records.append(record)
