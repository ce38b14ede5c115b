"""The first frame of a connection."""

from itertools import islice

from shared.aws import deadline
from shared.core.errors import RateLimited
from shared.features.memberships import subscribing
from shared.features.memberships.table import Membership
from shared.features.rate_limits import service as rate_limits
from shared.features.rooms import listing
from shared.features.sessions.wire import DeviceConnected, Hello, Welcome
from shared.identity.callers import Caller
from shared.realtime.outcome import Outcome
from shared.realtime.publication import Publication
from shared.realtime.subscriptions import Subscription
from shared.realtime.topics import user_topic

HELLO_WITHIN_SECONDS = 8.0
"""Longer, and the client is better served by trying again."""

MOST_TOLD = 3
"""Not one: several connections may say hello at once, and see each other."""


def hello(caller: Caller, _command: Hello) -> Outcome:
    """Subscribe the connection to its user and all their rooms, and answer with the state as of then.

    First it listens, then it reads, until two reads agree: whatever happens later is pushed to this connection.
    Never a part: what is not done within 8 s is an error. Raises RateLimited.
    """
    deadline.shorten(HELLO_WITHIN_SECONDS)
    rate_limits.consume_arrival(caller, "hello")
    subscribing.subscribe_user(caller)
    memberships = Membership.of_user(caller.user_id)
    subscribed: set[tuple[str, int]] = set()
    while True:
        # By version: a membership that ended and began again may have lost its subscription in between.
        approved = [
            (membership.room_id, int(membership.version)) for membership in memberships if membership.is_approved
        ]
        missing = [membership for membership in approved if membership not in subscribed]
        done = subscribing.subscribe_rooms(caller, [room_id for room_id, _ in missing])
        subscribed |= {(room_id, version) for room_id, version in missing if room_id in done}
        again = Membership.of_user(caller.user_id)
        if len(done) == len(missing) and _versions(again) == _versions(memberships):
            break
        memberships = again
        if deadline.remaining() < 0:
            raise RateLimited("your memberships are changing too fast; say hello again", 1_000, "contention")
    page, following = listing.page_of(caller.user_id, again, after=None)
    welcome = Welcome(
        user_id=caller.user_id,
        username=caller.username,
        expires_at=caller.expires_at,
        rooms=page,
        has_more=following is not None,
        next=following,
    )
    return Outcome(welcome, _to_other_devices(caller))


def _to_other_devices(caller: Caller) -> tuple[Publication, ...]:
    """Who thinks that it is alone is told of this connection. Where several listen, each knows of another already."""
    topic = user_topic(caller.user_id)
    others = sum(1 for _ in islice(Subscription.others(topic, caller.connection_id), MOST_TOLD + 1))
    if not 1 <= others <= MOST_TOLD:
        return ()
    return (Publication(topic, DeviceConnected(), skip_connection=caller.connection_id),)


def _versions(memberships: list[Membership]) -> list[tuple[str, int]]:
    return [(membership.room_id, int(membership.version)) for membership in memberships]
