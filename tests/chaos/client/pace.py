"""The app's times, shortened so that minutes show what else takes hours. Seconds."""

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Pace:
    """What the app calls by the same names, in frontend/src/connection and frontend/src/rooms."""

    request_timeout: float = 6.0
    hello_timeout: float = 10.0
    probe_timeout: float = 4.0
    silence: float = 4.0
    """After so much to twice of it without sending, the connection is probed."""
    backoff_base: float = 0.1
    backoff_cap: float = 2.0
    stable: float = 2.0
    """A connection that ends sooner counts as a failed attempt."""
    earliest_replacement: float = 20.0
    latest_replacement: float = 60.0
    """Later than the gateway of the laboratory lets a connection live, so that both ends occur."""
    connect_patience: float = 30.0
    reload_delay: float = 0.2
    change_delay: float = 0.1
    """So long a push is waited for that would fill a gap between changes."""
    retire_grace: float = 5.0

    def backoff(self, attempt: int, rng: random.Random) -> float:
        """Full jitter, as in backoff.ts."""
        return rng.uniform(0, min(self.backoff_cap, self.backoff_base * 2.0 ** min(attempt, 30)))
