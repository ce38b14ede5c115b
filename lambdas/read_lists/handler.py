"""List the caller's rooms and the members of a room, and show an invitation."""

from shared.edge.websocket import command, routes
from shared.features.memberships.members import get_members
from shared.features.memberships.wire import GetMembers
from shared.features.rooms.inviting import get_invitation
from shared.features.rooms.listing import get_rooms
from shared.features.rooms.wire import GetInvitation, GetRooms

handler = routes(
    getRooms=command(GetRooms, get_rooms),
    getMembers=command(GetMembers, get_members),
    getInvitation=command(GetInvitation, get_invitation),
)
