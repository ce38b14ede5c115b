"""Connections that are opened and closed."""

from shared.core import clock
from shared.db import transactions
from shared.features.memberships import subscribing
from shared.features.rate_limits import service as rate_limits
from shared.identity.callers import Caller
from shared.realtime.connections import Connection
from shared.realtime.stale_connections import disconnect
from shared.realtime.subscriptions import Listener, Subscription, user_topic

TTL_SLACK_MS = 60 * 60 * 1000


def on_connect(caller: Caller) -> None:
    """Remember a connection that is being opened. It listens to nothing yet: a post to it would still be 410.

    Raises RateLimited. Who has as many connections as one may is let in all the same, and loses the oldest: that is the
    likeliest to be a device that lost its network, whose connection API Gateway keeps for ten idle minutes.
    """
    rate_limits.consume_arrival(caller, "connect")
    open_already = Connection.of_user(caller.user_id)
    surplus = open_already[: max(0, len(open_already) + 1 - rate_limits.most_connections())]
    if surplus:
        disconnect(user_topic(caller.user_id), [Listener(each, caller.user_id, 0) for each in surplus])
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


def on_disconnect(caller: Caller) -> None:
    """Forget a connection that was closed. Best effort, as `$disconnect` is: the ttl takes what is left."""
    transactions.write(transactions.remove(Connection.key(caller.connection_id)))
    transactions.remove_all(Subscription.keys_of(caller.connection_id, subscribing.topics_of(caller.user_id)))
