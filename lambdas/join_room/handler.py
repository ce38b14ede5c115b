"""Ask to join a room, or answer somebody who asks."""

from shared.edge.websocket import command
from shared.features.memberships.changing import join
from shared.features.memberships.wire import JoinRoom

handler = command(JoinRoom, join)
