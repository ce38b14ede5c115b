"""Changing a message: once, in the one order of its room, and told to everybody who listens.

A change carries the whole message as it then is, never a difference: pushes that come twice, late or in another order
do no harm. docs/delivery.md says why no change is missed.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from shared.aws import retry
from shared.core.errors import Conflict, NotFound
from shared.db import transactions
from shared.db.conflicts import retry_on_conflict
from shared.db.reads import Found
from shared.db.table import Key
from shared.db.transactions import Operation
from shared.features.changes.table import Change
from shared.features.changes.wire import Changed
from shared.features.memberships import subscribing
from shared.features.memberships.access import require_member
from shared.features.memberships.table import Membership
from shared.features.messages.quoting import with_quotes
from shared.features.messages.table import Message
from shared.features.rate_limits import service as rate_limits
from shared.features.rooms.table import Room
from shared.identity.callers import Caller
from shared.protocol.vocabulary import ChangeKind
from shared.realtime.outcome import Outcome


class Target(NamedTuple):
    """The message that is to be changed, and where it is."""

    room: Room
    membership: Membership
    """The caller's."""
    message: Message
    next_rev: int
    """The `rev` that the change will have."""
    found: Found
    """What else was asked to be read."""


class Planned(NamedTuple):
    """A change: what the message's attributes will be; None takes one away."""

    kind: ChangeKind
    attributes: dict[str, Any]
    deletes: bool = False
    """The message counts no more."""
    besides: tuple[Operation, ...] = ()
    """What else is written in the same transaction."""


Decide = Callable[[Target], Planned | None]
"""What is to be changed, or None where it was done before; raises where it may not be."""


def change_message(caller: Caller, room_id: str, sort_key: str, decide: Decide, *more: Key[Any]) -> Outcome:
    """Carry out what `decide` says of the message as it is now, and tell the room. It also gets to see `more` items.

    What was done before is told again, as it is now: the first attempt may have died before it told anybody.
    Raises NotFound, RateLimited, and what `decide` raises.
    """
    rate_limits.consume_send(caller).require()
    return retry_on_conflict(lambda: _change_once(caller, room_id, sort_key, decide, more), retry.CHANGE_CONFLICT)


def _change_once(caller: Caller, room_id: str, sort_key: str, decide: Decide, more: tuple[Key[Any], ...]) -> Outcome:
    target = _read(caller, room_id, sort_key, more)
    message = target.message
    planned = decide(target)
    if planned is not None:
        if target.room.archived_at is not None and not planned.deletes:
            raise Conflict("the room is archived", "roomArchived", "roomId")
        operations = (
            target.room.count_change(int(message.seq) if planned.deletes else None),
            message.alter({**planned.attributes, "rev": target.next_rev}),
            Change.entry(room_id, target.next_rev, planned.kind, caller.user_id, sort_key),
            *planned.besides,
        )
        transactions.write(*operations)
    rev = int(message.rev or 0)
    messages = with_quotes([message.stored()])
    changed = Changed(room_id=room_id, from_rev=max(0, rev - 1), rev=rev, messages=messages)
    return Outcome(changed, target.room.publications(changed, caller.connection_id) if rev else ())


def _read(caller: Caller, room_id: str, sort_key: str, more: tuple[Key[Any], ...]) -> Target:
    """One batch read. It is no snapshot: the write holds only if both the room and the message are still as read."""
    message_key = Message.key(room_id, sort_key)
    found = subscribing.subscribe_and_read(caller, room_id, Room.key(room_id), message_key, *more)
    room, membership = require_member(found, caller.user_id, room_id)
    message = found[message_key]
    if message is None or message.has_expired:
        raise NotFound("there is no such message in this room", "messageNotFound", "sortKey")
    return Target(room, membership, message, int(room.rev) + 1, found)
