"""The current room of a connection: where a command goes that names none.

It is the room that was created or joined last on the connection, once the membership is approved. What the connection
row says is only a wish; whether it holds is decided by the membership at the moment of use, so that nobody needs to
update connections when a membership begins or ends.
"""

from contextlib import suppress

from pynamodb.expressions.update import Action

from shared.errors import BadRequest
from shared.identity.callers import Caller
from shared.models import reads, writes
from shared.models.connections import Connection
from shared.models.memberships import Membership
from shared.models.writes import ConditionFailed


def entered(caller: Caller, room_id: str) -> None:
    """The connection has created the room, or joined it at once."""
    _set(caller, [Connection.room_id.set(room_id), Connection.requested_room_id.remove()])


def asked(caller: Caller, room_id: str, *, approved: bool) -> None:
    """The connection has asked to join; the room becomes its current one as soon as that is approved."""
    if approved:
        entered(caller, room_id)
    else:
        _set(caller, [Connection.requested_room_id.set(room_id)])


def of(caller: Caller) -> str:
    """The current room. Raises BadRequest where there is none."""
    key = Connection.key(caller.connection_id)
    connection = reads.read(key)[key]
    if connection is not None:
        wishes = [wish for wish in (connection.requested_room_id, connection.room_id) if wish]
        memberships = [Membership.key(caller.user_id, wish) for wish in wishes]
        if memberships:
            found = reads.read(*memberships)
            for wish, membership_key in zip(wishes, memberships, strict=True):
                membership = found[membership_key]
                if membership is not None and membership.is_approved:
                    return wish
                if membership is not None and membership.status in ("left", "banned"):
                    # It was the current one and is lost: what was meant for it must not be said in the one before.
                    break
    raise BadRequest("roomId", "is required: this connection has no current room")


def _set(caller: Caller, actions: list[Action]) -> None:
    # The condition fails for a connection that is closed by now, and must not be brought back.
    with suppress(ConditionFailed):
        writes.write(writes.change(Connection.key(caller.connection_id), actions, Connection.user_id == caller.user_id))
