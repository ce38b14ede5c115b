"""The current room of a connection: where a command goes that names none.

It is the room that was created or joined last on the connection, once the membership is approved. The connection's row
only says which room that would be; whether the membership holds is decided when it is used, so that nobody needs to
update connections when a membership begins or ends.
"""

from contextlib import suppress

from shared.core.errors import BadRequest
from shared.db import reads, transactions
from shared.db.transactions import ConditionFailed
from shared.features.memberships.table import Membership
from shared.identity.callers import Caller
from shared.realtime.connections import Connection


def set_current(caller: Caller, room_id: str) -> None:
    """The connection has created the room, or joined it at once."""
    _set(caller, room_id, None)


def set_requested(caller: Caller, room_id: str, *, approved: bool, before: str | None) -> None:
    """The connection has asked to join; the room becomes its current one as soon as that is approved.

    Until then it is the one that it was `before` the request.
    """
    if approved:
        set_current(caller, room_id)
    else:
        _set(caller, before, room_id)


def require(caller: Caller) -> str:
    """The current room. Raises BadRequest where there is none."""
    room_id = find(caller)
    if room_id is None:
        raise BadRequest("roomId", "is required: this connection has no current room", "noCurrentRoom")
    return room_id


def find(caller: Caller) -> str | None:
    """The current room, if there is one."""
    connection = reads.get(Connection.key(caller.connection_id))
    if connection is None:
        return None
    room_ids = [room_id for room_id in (connection.requested_room_id, connection.room_id) if room_id]
    keys = [Membership.key(caller.user_id, room_id) for room_id in room_ids]
    memberships = reads.read(*keys)
    for room_id, key in zip(room_ids, keys, strict=True):
        membership = memberships[key]
        if membership is not None and membership.is_approved:
            return room_id
        if membership is not None and membership.status in ("left", "banned"):
            # The person lost this room: what was meant for it must not go to the room before.
            return None
    return None


def _set(caller: Caller, room_id: str | None, requested_room_id: str | None) -> None:
    # The condition fails for a connection that is closed by now.
    with suppress(ConditionFailed):
        transactions.write(Connection.set_rooms(caller.connection_id, caller.user_id, room_id, requested_room_id))
