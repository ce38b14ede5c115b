"""A membership as it is now, for telling others."""

from shared.db import reads
from shared.features.memberships.table import Membership
from shared.features.memberships.wire import MemberChanged
from shared.features.rooms.table import Room


def membership_snapshot(user_id: str, room_id: str) -> tuple[MemberChanged, frozenset[str]] | None:
    """A person's membership of a room as it is now, and who are the admins; None where there is none."""
    membership_key, room_key = Membership.key(user_id, room_id), Room.key(room_id)
    membership = reads.read(membership_key)[membership_key]
    # Afterwards, for a batch read is no snapshot: who is an admin must not be older than the version that it goes with.
    room = reads.read(room_key)[room_key]
    if membership is None or room is None:
        return None
    event = MemberChanged(
        room_id=room_id,
        user_id=user_id,
        username=membership.username,
        status=membership.status,  # type: ignore[arg-type]
        is_admin=user_id in room.admin_user_ids,
        version=int(membership.version),
    )
    return event, frozenset(room.admin_user_ids)
