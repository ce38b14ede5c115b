"""List the caller's rooms, the members of a room and what was changed in it, and show an invitation."""

from shared.edge.websocket import command, routes
from shared.features.changes.catching_up import get_changes
from shared.features.changes.wire import GetChanges
from shared.features.memberships.members import get_members
from shared.features.memberships.wire import GetMembers
from shared.features.rooms.inviting import get_invitation
from shared.features.rooms.listing import get_rooms
from shared.features.rooms.wire import GetInvitation, GetRooms

handler = routes(
    getRooms=command(GetRooms, get_rooms),
    getMembers=command(GetMembers, get_members),
    getChanges=command(GetChanges, get_changes),
    getInvitation=command(GetInvitation, get_invitation),
)
