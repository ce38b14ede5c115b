"""Opening a connection."""

from shared.core import clock
from shared.db import transactions
from shared.features.rate_limits import service as rate_limits
from shared.identity.callers import Caller
from shared.realtime.connections import Connection
from shared.realtime.outcome import Outcome
from shared.realtime.topics import Listener

TTL_SLACK_MS = 60 * 60 * 1000


def on_connect(caller: Caller) -> Outcome:
    """Store a connection that is being opened. It is subscribed to nothing yet: a post to it would still be 410.

    Raises RateLimited. A person who has as many connections as one may is let in all the same, and loses the oldest:
    it most likely belongs to a device that lost its network, and API Gateway keeps it open for ten idle minutes.
    """
    rate_limits.consume_arrival(caller, "connect")
    connection_ids = Connection.of_user(caller.user_id)
    surplus = connection_ids[: max(0, len(connection_ids) + 1 - rate_limits.most_connections())]
    transactions.write(
        transactions.put(
            Connection(
                caller.connection_id,
                user_id=caller.user_id,
                username=caller.username,
                connected_at=clock.now_ms(),
                expires_at=caller.expires_at,
                ttl=clock.as_ttl(caller.listens_until + TTL_SLACK_MS),
            )
        )
    )
    return Outcome(None, close=tuple(Listener(connection_id, caller.user_id, 0) for connection_id in surplus))
