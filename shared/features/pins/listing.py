"""The pinned messages of a room."""

from shared.core.pages import fill
from shared.db import reads
from shared.features.memberships.access import require_member
from shared.features.memberships.table import Membership
from shared.features.messages.quoting import with_quotes
from shared.features.messages.table import Message
from shared.features.messages.wire import StoredMessage
from shared.features.pins.table import Pin
from shared.features.pins.wire import GetPins, Pins
from shared.features.rooms.table import Room
from shared.identity.callers import Caller
from shared.protocol.limits import MAX_PINS
from shared.realtime.outcome import Outcome


def get_pins(caller: Caller, command: GetPins) -> Outcome:
    """A page of the pinned messages as they are now, the newest message first. Raises NotFound."""
    room_id = command.room_id
    found = reads.read(Room.key(room_id), Membership.key(caller.user_id, room_id))
    room, _ = require_member(found, caller.user_id, room_id)
    keys = [Message.key(room_id, sort_key) for sort_key in Pin.in_room(room_id, before=command.before)]
    pinned = reads.read(*keys)
    # A pin that was taken off between the two reads is left out.
    there = [message for key in keys if (message := pinned[key]) is not None and message.pinned_at is not None]
    messages = with_quotes([message.stored() for message in there])
    page, has_more = fill(messages, MAX_PINS, StoredMessage.encode)
    following = page[-1].sort_key if has_more else None
    return Outcome(Pins(room_id=room_id, messages=page, rev=int(room.rev), has_more=has_more, next=following))
