"""End the caller's membership of a room."""

from shared.edge.websocket import command
from shared.features.memberships.changing import leave
from shared.features.memberships.wire import LeaveRoom

handler = command(LeaveRoom, leave)
