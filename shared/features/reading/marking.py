"""How far one has read."""

from shared.core.errors import BadRequest, room_not_found
from shared.db import reads, transactions
from shared.db.conflicts import retry_on_conflict
from shared.features.memberships.table import Membership
from shared.features.reading.wire import MarkRead, RoomRead
from shared.features.rooms.table import Room
from shared.identity.callers import Caller
from shared.realtime.outcome import Outcome
from shared.realtime.publication import Publication
from shared.realtime.subscriptions import user_topic


def mark_read(caller: Caller, command: MarkRead) -> Outcome:
    """Move the caller's reading forward; it never moves back. Raises NotFound, or BadRequest past the room's end."""
    return retry_on_conflict(lambda: _mark_read_once(caller, command))


def _mark_read_once(caller: Caller, command: MarkRead) -> Outcome:
    membership_key = Membership.key(caller.user_id, command.room_id)
    room_key = Room.key(command.room_id)
    found = reads.read(membership_key, room_key)
    membership, room = found[membership_key], found[room_key]
    if membership is None or not membership.is_approved or room is None:
        raise room_not_found()
    if command.seq > room.last_seq:
        raise BadRequest("seq", "is greater than the seq of the room's last message")
    if command.seq > membership.last_read_seq:
        # It fails where another device is ahead of us by now, or the membership over: reading again tells.
        transactions.write(
            transactions.change(
                membership_key,
                [Membership.last_read_seq.set(command.seq)],
                Membership.approved() & (Membership.last_read_seq < command.seq),
            )
        )
    read = RoomRead(room_id=command.room_id, last_read_seq=max(command.seq, int(membership.last_read_seq)))
    return Outcome(read, (Publication(user_topic(caller.user_id), read, skip_connection=caller.connection_id),))
