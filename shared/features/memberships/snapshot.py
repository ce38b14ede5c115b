"""A membership as it is now, for telling others."""

from shared.db import reads
from shared.features.memberships.table import Membership
from shared.features.memberships.wire import MemberChanged
from shared.features.rooms.table import Room


def membership_snapshot(user_id: str, room_id: str) -> tuple[MemberChanged, frozenset[str]] | None:
    """A person's membership of a room as it is now, and who are the admins; None where there is none."""
    membership = reads.get(Membership.key(user_id, room_id))
    # Read the room after the membership. A batch read is not a snapshot, and the admins must not be older than the
    # version that they are told with.
    room = reads.get(Room.key(room_id))
    if membership is None or room is None:
        return None
    return as_event(membership, room), room.admins


def as_event(membership: Membership, room: Room) -> MemberChanged:
    """A membership as it is told, with the admins that the room has."""
    return MemberChanged(
        room_id=room.room_id,
        user_id=membership.user_id,
        username=membership.username,
        status=membership.status,
        is_admin=membership.user_id in room.admins,
        is_moderator=bool(membership.is_moderator),
        version=int(membership.version),
    )
