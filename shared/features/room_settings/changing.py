"""Changing what a room is called and how it works: one more change in its log, told to everybody who listens."""

from collections.abc import Callable

from shared.aws import retry
from shared.core import clock
from shared.core.errors import Forbidden
from shared.db import transactions
from shared.db.conflicts import retry_on_conflict
from shared.features.changes.table import Change
from shared.features.changes.wire import Changed
from shared.features.memberships import subscribing
from shared.features.memberships.access import require_member, require_role
from shared.features.memberships.table import Membership
from shared.features.rate_limits import service as rate_limits
from shared.features.room_settings.wire import ArchiveRoom, UpdateRoom
from shared.features.rooms.table import Room
from shared.features.rooms.wire import RoomInfo
from shared.identity.callers import Caller
from shared.realtime.outcome import Outcome

Decide = Callable[[Room, Membership], RoomInfo]
"""What the room is to be; raises where the member may not have it so."""


def update_room(caller: Caller, command: UpdateRoom) -> Outcome:
    """Change a room's name, topic, description or rules. All but the topic is for admins.

    The topic is for those who may pin. Raises NotFound, Forbidden, RateLimited.
    """

    def decide(room: Room, membership: Membership) -> RoomInfo:
        more = (command.room_name, command.description, command.rules)
        only_topic = all(field is None for field in more)
        require_role(room, membership, room.pin_rule if only_topic else "admins")
        info = room.info
        return info.model_copy(
            update={
                "room_name": info.room_name if command.room_name is None else command.room_name,
                "topic": info.topic if command.topic is None else command.topic or None,
                "description": info.description if command.description is None else command.description or None,
                "rules": command.rules or info.rules,
            }
        )

    return _change(caller, command.room_id, decide)


def archive_room(caller: Caller, command: ArchiveRoom) -> Outcome:
    """Archive a room, or open it again, as an admin. Raises NotFound, Forbidden, RateLimited."""

    def decide(room: Room, membership: Membership) -> RoomInfo:
        require_role(room, membership, "admins")
        if command.archived == (room.archived_at is not None):
            return room.info
        return room.info.model_copy(update={"archived_at": clock.now_ms() if command.archived else None})

    return _change(caller, command.room_id, decide)


def _change(caller: Caller, room_id: str, decide: Decide) -> Outcome:
    rate_limits.consume_send(caller).require()
    return retry_on_conflict(lambda: _change_once(caller, room_id, decide), retry.CHANGE_CONFLICT)


def _change_once(caller: Caller, room_id: str, decide: Decide) -> Outcome:
    """What is so already is told again: the first attempt may have died before it told anybody."""
    found = subscribing.subscribe_and_read(caller, room_id, Room.key(room_id))
    room, membership = require_member(found, caller.user_id, room_id)
    if room.is_direct:
        raise Forbidden("a direct room has no settings", "directRoom", "roomId")
    info = decide(room, membership)
    if info != room.info:
        rev = int(room.rev) + 1
        transactions.write(room.change_info(info), Change.entry(room_id, rev, "room", caller.user_id))
        info = info.model_copy(update={"info_rev": rev})
    changed = Changed(room_id=room_id, from_rev=max(0, info.info_rev - 1), rev=info.info_rev, messages=[], room=info)
    return Outcome(changed, room.publications(changed, caller.connection_id) if info.info_rev else ())
