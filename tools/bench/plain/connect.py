"""$connect."""

import time
from typing import Any

from tools.bench.plain.edge import Event, caller_of, logged
from tools.bench.plain.models import Connection


def handler(event: Event, _context: Any) -> Event:
    """Store the connection."""
    caller = caller_of(event)
    Connection(
        caller.connection_id,
        user_id=caller.user_id,
        username=caller.username,
        connected_at=time.time_ns() // 1_000_000,
        expires_at=caller.expires_at,
        ttl=caller.ttl + 3600,
    ).save()
    logged()
    return {"statusCode": 200, "headers": {}}
