"""Who may see a room: its approved members. To everybody else it looks like a room that does not exist."""

from shared.core.errors import Forbidden, room_not_found
from shared.db.reads import Found
from shared.features.memberships.table import Membership
from shared.features.rooms.table import Room
from shared.protocol.vocabulary import Allowed, Role


def require_member(found: Found, user_id: str, room_id: str) -> tuple[Room, Membership]:
    """The room and somebody's membership of it, where both are among what was read. Raises NotFound."""
    membership, room = found[Membership.key(user_id, room_id)], found[Room.key(room_id)]
    if room is None or membership is None or not membership.is_approved:
        raise room_not_found()
    return room, membership


def role_of(room: Room, membership: Membership) -> Role:
    """What a member is in a room."""
    if membership.user_id in room.admins:
        return "admin"
    return "moderator" if membership.is_moderator else "member"


def require_role(room: Room, membership: Membership, allowed: Allowed, field: str = "roomId") -> None:
    """Raise Forbidden where a member may not do what only some may."""
    role = role_of(room, membership)
    if allowed == "admins" and role != "admin":
        raise Forbidden("only admins of this room may do this", "adminsOnly", field)
    if allowed == "moderators" and role == "member":
        raise Forbidden("only moderators and admins of this room may do this", "moderatorsOnly", field)
