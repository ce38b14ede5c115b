"""Doing what an outcome says besides its reply. Only functions that post or close load this, with all it needs."""

from shared.identity.callers import Caller
from shared.realtime.outcome import Outcome
from shared.realtime.publishing import publish_all
from shared.realtime.stale_connections import disconnect
from shared.realtime.topics import user_topic


def finish(caller: Caller, outcome: Outcome) -> None:
    """Publish, then close connections. Raises where somebody was neither reached nor queued for."""
    publish_all(outcome.publish)
    if outcome.close:
        disconnect(user_topic(caller.user_id), list(outcome.close))
