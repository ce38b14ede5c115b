"""List rooms, members, pins, earlier texts, activity and changes, and show an invitation."""

from shared.edge.websocket import command, routes
from shared.features.activity.listing import get_activity
from shared.features.activity.wire import GetActivity
from shared.features.changes.catching_up import get_changes
from shared.features.changes.wire import GetChanges
from shared.features.memberships.members import get_members
from shared.features.memberships.wire import GetMembers
from shared.features.pins.listing import get_pins
from shared.features.pins.wire import GetPins
from shared.features.rooms.inviting import get_invitation
from shared.features.rooms.listing import get_rooms
from shared.features.rooms.wire import GetInvitation, GetRooms
from shared.features.versions.listing import get_edits
from shared.features.versions.wire import GetEdits

handler = routes(
    getRooms=command(GetRooms, get_rooms),
    getMembers=command(GetMembers, get_members),
    getChanges=command(GetChanges, get_changes),
    getPins=command(GetPins, get_pins),
    getActivity=command(GetActivity, get_activity),
    getEdits=command(GetEdits, get_edits),
    getInvitation=command(GetInvitation, get_invitation),
)
