"""The current room of a connection: where a command goes that names none.

It is the room that was created or joined last on the connection, once the membership is approved. What the connection
row says is only a wish; whether it holds is decided by the membership at the moment of use, so that nobody needs to
update connections when a membership begins or ends.
"""

from contextlib import suppress

from pynamodb.expressions.update import Action

from shared.core.errors import BadRequest
from shared.db import reads, transactions
from shared.db.transactions import ConditionFailed
from shared.features.memberships.table import Membership
from shared.identity.callers import Caller
from shared.realtime.connections import Connection


def set_current(caller: Caller, room_id: str) -> None:
    """The connection has created the room, or joined it at once."""
    _set(caller, [Connection.room_id.set(room_id), Connection.requested_room_id.remove()])


def set_requested(caller: Caller, room_id: str, *, approved: bool, before: str | None) -> None:
    """The connection has asked to join; the room becomes its current one as soon as that is approved.

    Until then it is the one that it was `before` the question.
    """
    if approved:
        set_current(caller, room_id)
    else:
        stays = Connection.room_id.set(before) if before else Connection.room_id.remove()
        _set(caller, [stays, Connection.requested_room_id.set(room_id)])


def require(caller: Caller) -> str:
    """The current room. Raises BadRequest where there is none."""
    room_id = find(caller)
    if room_id is None:
        raise BadRequest("roomId", "is required: this connection has no current room")
    return room_id


def find(caller: Caller) -> str | None:
    """The current room, if there is one."""
    key = Connection.key(caller.connection_id)
    connection = reads.read(key)[key]
    if connection is None:
        return None
    wishes = [wish for wish in (connection.requested_room_id, connection.room_id) if wish]
    memberships = [Membership.key(caller.user_id, wish) for wish in wishes]
    found = reads.read(*memberships)
    for wish, membership_key in zip(wishes, memberships, strict=True):
        membership = found[membership_key]
        if membership is not None and membership.is_approved:
            return wish
        if membership is not None and membership.status in ("left", "banned"):
            # It was the current one and is lost: what was meant for it must not be said in the one before.
            return None
    return None


def _set(caller: Caller, actions: list[Action]) -> None:
    # The condition fails for a connection that is closed by now, and must not be brought back.
    with suppress(ConditionFailed):
        transactions.write(
            transactions.change(Connection.key(caller.connection_id), actions, Connection.user_id == caller.user_id)
        )
