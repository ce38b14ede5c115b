"""Connections that come, stay and go."""

from shared import clock
from shared.aws import deadline
from shared.chat import allowances, listening, rooms
from shared.chat.outcome import Outcome
from shared.delivery.cleaning import expel
from shared.errors import RateLimited
from shared.identity.callers import Caller
from shared.models import reads, writes
from shared.models.connections import Connection
from shared.models.memberships import Membership
from shared.models.rooms import Room
from shared.models.subscriptions import Listener, Subscription, user_topic
from shared.protocol.commands import Hello, Ping
from shared.protocol.events import Pong, Welcome

HELLO_WITHIN_SECONDS = 8.0
"""Longer, and the client is better served by trying again."""

TTL_SLACK_MS = 60 * 60 * 1000


def arrive(caller: Caller) -> None:
    """Remember a connection that is being opened. It listens to nothing yet: a post to it would still be 410.

    Raises RateLimited. Who has as many connections as one may is let in all the same, and loses the oldest: that is the
    likeliest to be a device that lost its network, whose connection API Gateway keeps for ten idle minutes.
    """
    allowances.spend_arrival(caller, "connect")
    open_already = Connection.of_user(caller.user_id)
    surplus = open_already[: max(0, len(open_already) + 1 - allowances.most_connections())]
    if surplus:
        expel(user_topic(caller.user_id), [Listener(each, caller.user_id, 0) for each in surplus])
    writes.write(
        writes.put(
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


def depart(caller: Caller) -> None:
    """Forget a connection that was closed. Best effort, as `$disconnect` is: the ttl takes what is left."""
    writes.write(writes.remove(Connection.key(caller.connection_id)))
    writes.remove_all(Subscription.keys_of(caller.connection_id, listening.topics_of(caller.user_id)))


def hello(caller: Caller, _command: Hello) -> Outcome:
    """Subscribe the connection to its user and all their rooms, and answer with the state as of then.

    First it listens, then it reads, until two reads agree: whatever happens later is pushed to this connection.
    Never a part: what is not done within 8 s is an error. Raises RateLimited.
    """
    deadline.shorten(HELLO_WITHIN_SECONDS)
    allowances.spend_arrival(caller, "hello")
    listening.to_self(caller)
    memberships = Membership.of_user(caller.user_id)
    subscribed: set[tuple[str, int]] = set()
    while True:
        # By version: a membership that ended and began anew meanwhile may have lost the subscription.
        missing = [(each.room_id, int(each.version)) for each in memberships if each.is_approved]
        missing = [standing for standing in missing if standing not in subscribed]
        done = listening.to_rooms(caller, [room_id for room_id, _ in missing])
        subscribed |= {(room_id, version) for room_id, version in missing if room_id in done}
        again = Membership.of_user(caller.user_id)
        if len(done) == len(missing) and _standings(again) == _standings(memberships):
            break
        memberships = again
        if deadline.remaining() < 0:
            raise RateLimited("your memberships are changing too fast; say hello again", 1_000)
    page, following = rooms.page_of(caller.user_id, again, after=None)
    return Outcome(
        Welcome(
            user_id=caller.user_id,
            username=caller.username,
            expires_at=caller.expires_at,
            rooms=page,
            has_more=following is not None,
            next=following,
        )
    )


def _standings(memberships: list[Membership]) -> list[tuple[str, int]]:
    return [(membership.room_id, int(membership.version)) for membership in memberships]


def ping(caller: Caller, command: Ping) -> Outcome:
    """The time, and the heads of those rooms of which the caller is a member."""
    heads: dict[str, int] = {}
    if command.rooms:
        members = {room_id: Membership.key(caller.user_id, room_id) for room_id in command.rooms}
        found = reads.read(*members.values(), *(Room.key(room_id) for room_id in members))
        for room_id, key in members.items():
            membership, room = found[key], found[Room.key(room_id)]
            if membership is not None and membership.is_approved and room is not None:
                heads[room_id] = int(room.last_seq)
    return Outcome(Pong(time=clock.now_ms(), heads=heads))
