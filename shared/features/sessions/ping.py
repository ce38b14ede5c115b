"""Keeping a connection open."""

from shared.core import clock
from shared.db import reads
from shared.features.memberships.table import Membership
from shared.features.rooms.table import Room
from shared.features.sessions.wire import Ping, Pong
from shared.identity.callers import Caller
from shared.realtime.outcome import Outcome


def ping(caller: Caller, command: Ping) -> Outcome:
    """The time, and the heads of those rooms of which the caller is a member."""
    heads: dict[str, int] = {}
    revs: dict[str, int] = {}
    if command.rooms:
        members = {room_id: Membership.key(caller.user_id, room_id) for room_id in command.rooms}
        found = reads.read(*members.values(), *(Room.key(room_id) for room_id in members))
        for room_id, key in members.items():
            membership, room = found[key], found[Room.key(room_id)]
            if membership is not None and membership.is_approved and room is not None:
                heads[room_id] = int(room.last_seq)
                revs[room_id] = int(room.rev)
    return Outcome(Pong(time=clock.now_ms(), heads=heads, revs=revs))
