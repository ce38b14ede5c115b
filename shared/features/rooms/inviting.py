"""What an invite link shows before somebody joins."""

from shared.core.errors import Forbidden, room_not_found
from shared.db import reads
from shared.features.memberships.table import Membership
from shared.features.rooms.table import Room
from shared.features.rooms.wire import GetInvitation, Invitation
from shared.identity.callers import Caller
from shared.protocol import limits
from shared.realtime.outcome import Outcome


def get_invitation(caller: Caller, command: GetInvitation) -> Outcome:
    """The name of a room whose id the caller knows, which is what an invite link consists of.

    Raises NotFound where there is no such room or it has ended, Forbidden where the caller is banned from it.
    """
    room_key, own_key = Room.key(command.room_id), Membership.key(caller.user_id, command.room_id)
    items = reads.read(room_key, own_key)
    room, own = items[room_key], items[own_key]
    if room is None or room.kind != "group":
        raise room_not_found()
    if own is not None and own.status == "banned":
        raise Forbidden("you have been banned from this room", "banned", "roomId")
    return Outcome(
        Invitation(
            room_id=room.room_id,
            room_name=room.room_name,
            visibility=room.visibility,
            member_count=Membership.count_members(room.room_id, limits.MAX_COUNTED_MEMBERS),
        )
    )
