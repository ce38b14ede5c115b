"""Deleting a message."""

from collections.abc import Iterator

from shared.core import clock
from shared.core.errors import Forbidden
from shared.db import reads, transactions
from shared.db.transactions import Operation
from shared.features.changes.changing import Planned, Target, change_message
from shared.features.changes.wire import DeleteMessage
from shared.features.memberships.access import role_of
from shared.features.memberships.table import Membership
from shared.features.messages.table import Message
from shared.features.pins.table import Pin
from shared.features.versions.table import Edit, kept_numbers
from shared.identity.callers import Caller
from shared.realtime.outcome import Outcome


def delete(caller: Caller, command: DeleteMessage) -> Outcome:
    """Delete one's own message, or as an admin anybody's, or as a moderator a plain member's.

    The row stays, without its text and reactions, so that the room's sequence has no hole. Its earlier texts, its pin,
    and what it counts as unread and as a mention go in the same transaction. Raises NotFound, Forbidden, RateLimited.
    """
    return change_message(caller, command.room_id, command.sort_key, lambda target: _plan(caller, target))


def _plan(caller: Caller, target: Target) -> Planned | None:
    message = target.message
    if caller.user_id != message.user_id and not _may_moderate(target):
        problem = "only its author and admins may delete a message, and moderators one of a plain member"
        raise Forbidden(problem, "authorsAndAdminsOnly", "sortKey")
    if message.deleted_at is not None:
        return None
    return Planned(
        "delete",
        {
            "message": None,
            "reactions": None,
            "mentions": None,
            "mentions_room": None,
            "reply_to": None,
            "pinned_at": None,
            "pinned_by": None,
            "edits": None,
            "edited_at": None,
            "edit_ids": None,
            "deleted_at": clock.now_ms(),
            "deleted_by": caller.user_id,
            "text_rev": target.next_rev,
        },
        deletes=True,
        besides=tuple(_remains(message)),
    )


def _may_moderate(target: Target) -> bool:
    room, message = target.room, target.message
    role = role_of(room, target.membership)
    if role != "moderator":
        return role == "admin"
    author = reads.get(Membership.key(message.user_id, message.room_id))
    return author is None or not author.is_approved or role_of(room, author) == "member"


def _remains(message: Message) -> Iterator[Operation]:
    """What there is of a message outside of its row."""
    for mention in message.mentions or ():
        if mention.user_id != message.user_id:
            yield Membership.unmention(mention.user_id, message.room_id, int(message.seq))
    for number in kept_numbers(int(message.edits or 0)):
        yield transactions.remove(Edit.key_of(message.room_id, message.sort_key, number))
    if message.pinned_at is not None:
        yield transactions.remove(Pin.key(message.room_id, message.sort_key))
