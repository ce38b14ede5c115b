"""Pinning a message to its room."""

from itertools import islice

from shared.core import clock
from shared.core.errors import Conflict
from shared.db import transactions
from shared.features.changes.changing import Planned, Target, change_message
from shared.features.memberships.access import require_role
from shared.features.pins.table import Pin
from shared.features.pins.wire import PinMessage
from shared.identity.callers import Caller
from shared.protocol.limits import MAX_PINS
from shared.realtime.outcome import Outcome


def pin(caller: Caller, command: PinMessage) -> Outcome:
    """Pin a message to its room, or take the pin off.

    Raises NotFound, RateLimited, Forbidden by the room's rule, or Conflict where the message was deleted or the room
    has as many pins as it may.
    """
    return change_message(
        caller, command.room_id, command.sort_key, lambda target: _plan(caller, target, on=command.on)
    )


def _plan(caller: Caller, target: Target, *, on: bool) -> Planned | None:
    message = target.message
    if message.deleted_at is not None:
        raise Conflict("the message was deleted", "messageDeleted", "sortKey")
    require_role(target.room, target.membership, target.room.pin_rule)
    if (message.pinned_at is not None) == on:
        return None
    if not on:
        taken_off = transactions.remove(Pin.key(message.room_id, message.sort_key))
        return Planned("pin", {"pinned_at": None, "pinned_by": None}, besides=(taken_off,))
    # Counted, not kept as a number: pins of messages that expire go by themselves. Two who pin at once have the same
    # `rev`, so the second one reads again.
    if sum(1 for _ in islice(Pin.in_room(message.room_id), MAX_PINS)) == MAX_PINS:
        raise Conflict("the room has as many pinned messages as it may have", "tooManyPins", "sortKey")
    attributes = {"pinned_at": clock.now_ms(), "pinned_by": caller.user_id}
    return Planned("pin", attributes, besides=(Pin.of(message).store(),))
