"""Deleting a message."""

from shared.core import clock
from shared.core.errors import Forbidden
from shared.features.changes.changing import Planned, Target, change_message
from shared.features.changes.wire import DeleteMessage
from shared.identity.callers import Caller
from shared.realtime.outcome import Outcome


def delete(caller: Caller, command: DeleteMessage) -> Outcome:
    """Delete one's own message, or as an admin of the room anybody's.

    The row stays, without its text and reactions, so that the room's sequence has no hole.
    Raises NotFound, Forbidden, RateLimited.
    """
    return change_message(caller, command.room_id, command.sort_key, lambda target: _plan(caller, target))


def _plan(caller: Caller, target: Target) -> Planned | None:
    message = target.message
    if caller.user_id not in {message.user_id, *target.room.admin_user_ids}:
        raise Forbidden("only who wrote a message, or an admin, may delete it", "authorsAndAdminsOnly", "sortKey")
    if message.deleted_at is not None:
        return None
    return Planned(
        "delete",
        {
            "message": None,
            "reactions": None,
            "edited_at": None,
            "edit_ids": None,
            "deleted_at": clock.now_ms(),
            "deleted_by": caller.user_id,
            "text_rev": target.next_rev,
        },
    )
