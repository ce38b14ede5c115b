"""Telling the others of a small room that somebody is writing."""

from itertools import islice

from shared.core import settings
from shared.core.errors import Conflict
from shared.db import reads
from shared.features.memberships.access import require_member, require_role
from shared.features.memberships.table import Membership
from shared.features.rate_limits import service as rate_limits
from shared.features.rooms.table import Room
from shared.features.typing.wire import SomebodyTypes, Typing
from shared.identity.callers import Caller
from shared.protocol.limits import MAX_TYPING_LISTENERS
from shared.realtime.outcome import Outcome
from shared.realtime.posting import as_body, connections_api
from shared.realtime.subscriptions import Subscription


def tell_typing(caller: Caller, command: Typing) -> Outcome:
    """Post it to the connections of the others, where at most 25 listen; else, or where it is off, to nobody.

    Whoever may not write may not say that they do. It is posted once: what does not arrive is old a moment later.
    It counts as a message does, for it is posted as one is. Raises NotFound, Forbidden, Conflict, RateLimited.
    """
    if settings.load(settings.TypingSettings).typing == "off":
        return Outcome(None)
    rate_limits.consume_send(caller).require()
    room_key, own_key = Room.key(command.room_id), Membership.key(caller.user_id, command.room_id)
    room, membership = require_member(reads.read(room_key, own_key), caller.user_id, command.room_id)
    require_role(room, membership, room.post_rule)
    if room.archived_at is not None:
        raise Conflict("the room is archived", "roomArchived", "roomId")
    listeners = {
        listener.connection_id
        for topic in room.topics
        for listener in islice(Subscription.listeners(topic, page_size=_ENOUGH), _ENOUGH)
        if listener.user_id != caller.user_id
    }
    if 0 < len(listeners) <= MAX_TYPING_LISTENERS:
        event = SomebodyTypes(room_id=room.room_id, user_id=caller.user_id)
        connections_api().post(listeners, as_body(event.encode()))
    return Outcome(None)


_ENOUGH = 2 * MAX_TYPING_LISTENERS
"""To see that there are too many, even where many of them are the caller's own."""
