"""Closing a connection."""

from shared.db import transactions
from shared.features.memberships import subscribing
from shared.identity.callers import Caller
from shared.realtime.connections import Connection
from shared.realtime.outcome import Outcome
from shared.realtime.subscriptions import Subscription


def on_disconnect(caller: Caller) -> Outcome:
    """Delete a connection that was closed. Best effort, as `$disconnect` is: the ttl takes what is left."""
    transactions.write(transactions.remove(Connection.key(caller.connection_id)))
    transactions.remove_all(Subscription.keys_of(caller.connection_id, subscribing.topics_of(caller.user_id)))
    return Outcome(None)
