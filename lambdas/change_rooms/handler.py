"""Create rooms, and open direct rooms."""

from shared.edge.outcomes import finish
from shared.edge.websocket import command, routes
from shared.features.direct.opening import open_direct
from shared.features.direct.wire import OpenDirect
from shared.features.rooms.creating import create
from shared.features.rooms.wire import CreateRoom

handler = routes(
    createRoom=command(CreateRoom, create, finish),
    openDirect=command(OpenDirect, open_direct, finish),
)
