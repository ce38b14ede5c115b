"""Who may see a room: its approved members. To everybody else it looks like a room that does not exist."""

from shared.core.errors import room_not_found
from shared.db.reads import Found
from shared.features.memberships.table import Membership
from shared.features.rooms.table import Room


def require_member(found: Found, user_id: str, room_id: str) -> tuple[Room, Membership]:
    """The room and somebody's membership of it, where both are among what was read. Raises NotFound."""
    membership, room = found[Membership.key(user_id, room_id)], found[Room.key(room_id)]
    if room is None or membership is None or not membership.is_approved:
        raise room_not_found()
    return room, membership
