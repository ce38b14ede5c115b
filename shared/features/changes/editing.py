"""Editing one's own message."""

from shared.core import clock
from shared.core.errors import Conflict, Forbidden
from shared.features.changes.changing import Planned, Target, change_message
from shared.features.changes.wire import EditMessage
from shared.identity.callers import Caller
from shared.realtime.outcome import Outcome

REMEMBERED_EDITS = 4
"""So many ids of the latest edits stay on a message, to know a retry by; only its author's devices edit it."""


def edit(caller: Caller, command: EditMessage) -> Outcome:
    """Replace the text of one's own message, unless somebody's other device has replaced it since.

    Raises NotFound, Forbidden, RateLimited, or Conflict where the message was edited since, or deleted.
    """
    return change_message(caller, command.room_id, command.sort_key, lambda target: _plan(caller, command, target))


def _plan(caller: Caller, command: EditMessage, target: Target) -> Planned | None:
    message = target.message
    if message.user_id != caller.user_id:
        raise Forbidden("only who wrote a message may edit it", "authorsOnly", "sortKey")
    if message.deleted_at is not None:
        raise Conflict("the message was deleted", "messageDeleted", "sortKey")
    edit_ids = list(message.edit_ids or [])
    if command.client_edit_id in edit_ids:
        return None
    if int(message.text_rev or 0) != command.based_on:
        raise Conflict("the message was edited since", "editedSince", "basedOn")
    if message.message == command.message:
        return None
    return Planned(
        "edit",
        {
            "message": command.message,
            "edited_at": clock.now_ms(),
            "text_rev": target.next_rev,
            "edit_ids": [*edit_ids, command.client_edit_id][-REMEMBERED_EDITS:],
        },
    )
