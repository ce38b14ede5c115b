"""The time, as everything in Parley counts it: whole milliseconds since 1970, UTC."""

import time


def now_ms() -> int:
    """Milliseconds since 1970. Clocks of two Lambdas differ; nothing may rest on their agreement."""
    return time.time_ns() // 1_000_000


def as_ttl(milliseconds: int) -> int:
    """The same moment for a DynamoDB TTL attribute: whole seconds since 1970, rounded up."""
    return -(-milliseconds // 1000)
