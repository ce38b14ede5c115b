"""How far one has read."""

from shared.core.errors import BadRequest, room_not_found
from shared.db import reads, transactions
from shared.db.conflicts import retry_on_conflict
from shared.features.memberships.table import Membership
from shared.features.rate_limits import service as rate_limits
from shared.features.reading.wire import MarkRead, RoomRead
from shared.features.rooms.table import Room
from shared.identity.callers import Caller
from shared.realtime.outcome import Outcome
from shared.realtime.publication import Publication
from shared.realtime.topics import user_topic


def mark_read(caller: Caller, command: MarkRead) -> Outcome:
    """Move the caller's reading forward; it never moves back, and what is behind it is pushed to nobody.

    A repetition of the latest mark is pushed again, because the first attempt may have died after it was stored; it
    counts as a send, so that repeating it for ever costs no more than sending does.
    Raises NotFound, RateLimited, or BadRequest past the room's end.
    """
    return retry_on_conflict(lambda: _mark_read_once(caller, command))


def _mark_read_once(caller: Caller, command: MarkRead) -> Outcome:
    membership_key, room_key = Membership.key(caller.user_id, command.room_id), Room.key(command.room_id)
    items = reads.read(membership_key, room_key)
    membership, room = items[membership_key], items[room_key]
    if membership is None or not membership.is_approved or room is None:
        raise room_not_found()
    if command.seq > room.last_seq:
        raise BadRequest("seq", "is greater than the seq of the room's last message", "pastLastMessage")
    if command.seq > membership.last_read_seq:
        # Fails where another device is ahead by now, or the membership has ended: reading again tells which.
        transactions.write(Membership.advance_read(caller.user_id, command.room_id, command.seq))
    elif command.seq == membership.last_read_seq:
        rate_limits.consume_send(caller).require()
    read = RoomRead(room_id=command.room_id, last_read_seq=max(command.seq, int(membership.last_read_seq)))
    to_self = Publication(user_topic(caller.user_id), read, skip_connection=caller.connection_id)
    return Outcome(read, (to_self,) if command.seq >= membership.last_read_seq else ())
