"""How long to wait before trying again.

Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
"""

import random
import time


def full_jitter(attempt: int, base_seconds: float, cap_seconds: float) -> float:
    """A random wait in seconds for the retry number `attempt` (from 0)."""
    return random.uniform(0, min(cap_seconds, base_seconds * 2**attempt))  # noqa: S311


def pause(attempt: int, base_seconds: float = 0.02, cap_seconds: float = 1.0) -> None:
    """Sleep for `full_jitter`."""
    time.sleep(full_jitter(attempt, base_seconds, cap_seconds))
