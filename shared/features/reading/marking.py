"""How far one has read."""

from shared.core.errors import BadRequest, room_not_found
from shared.db import reads, transactions
from shared.db.conflicts import retry_on_conflict
from shared.features.memberships.table import Membership
from shared.features.rate_limits import service as rate_limits
from shared.features.reading.wire import Mark, MarkRead, ReadRoom, RoomsRead
from shared.features.rooms.table import Room
from shared.identity.callers import Caller
from shared.realtime.outcome import Outcome
from shared.realtime.publication import Publication
from shared.realtime.subscriptions import Subscription
from shared.realtime.topics import user_topic


def mark_read(caller: Caller, command: MarkRead) -> Outcome:
    """Move the caller's reading of some rooms forward; it never moves back, and what is behind it is pushed to nobody.

    Rooms of which the caller is no member are left out. A repetition of the latest marks is pushed again, because the
    first attempt may have died after they were stored; it counts as a send, so that repeating it for ever costs no
    more than sending does. Raises NotFound where no room is left, RateLimited, or BadRequest past a room's end.
    """
    moved: set[str] = set()
    states = retry_on_conflict(lambda: _mark_once(caller, command.rooms, moved))
    known = [state for state in states if state is not None]
    if not known:
        raise room_not_found()
    latest = [
        state for mark, state in zip(command.rooms, states, strict=True) if state and mark.seq == state.last_read_seq
    ]
    if latest and not moved:
        rate_limits.consume_send(caller).require()
    return _told(caller, known, latest)


def _mark_once(caller: Caller, marks: list[Mark], moved: set[str]) -> list[ReadRoom | None]:
    """How far each room is read afterwards, None where the caller is no member; `moved` gains those that were ahead."""
    items = reads.read(
        *(Membership.key(caller.user_id, mark.room_id) for mark in marks),
        *(Room.key(mark.room_id) for mark in marks),
    )
    states: list[ReadRoom | None] = []
    ahead: list[Mark] = []
    for place, mark in enumerate(marks):
        membership, room = items[Membership.key(caller.user_id, mark.room_id)], items[Room.key(mark.room_id)]
        if membership is None or not membership.is_approved or room is None:
            states.append(None)
            continue
        if mark.seq > room.last_seq:
            problem = "is greater than the seq of the room's last message"
            raise BadRequest(f"rooms.{place}.seq", problem, "pastLastMessage")
        if mark.seq > membership.last_read_seq:
            ahead.append(mark)
        states.append(ReadRoom(room_id=mark.room_id, last_read_seq=max(mark.seq, int(membership.last_read_seq))))
    for mark in ahead:
        # Fails where another device is ahead by now, or the membership has ended: reading again tells which.
        transactions.write(Membership.advance_read(caller.user_id, mark.room_id, mark.seq))
        moved.add(mark.room_id)
    return states


def _told(caller: Caller, states: list[ReadRoom], latest: list[ReadRoom]) -> Outcome:
    """The reply, and the push to the caller's other devices, where there are any."""
    topic = user_topic(caller.user_id)
    others = sum(1 for _ in Subscription.others(topic, caller.connection_id))
    reply = RoomsRead(rooms=states, other_devices=others)
    if not others or not latest:
        return Outcome(reply)
    return Outcome(reply, (Publication(topic, RoomsRead(rooms=latest), skip_connection=caller.connection_id),))
