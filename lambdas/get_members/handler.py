"""List the members of a room."""

from shared.edge.websocket import command
from shared.features.memberships.members import get_members
from shared.features.memberships.wire import GetMembers

handler = command(GetMembers, get_members)
