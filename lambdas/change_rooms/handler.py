"""Create rooms."""

from shared.edge.outcomes import finish
from shared.edge.websocket import command
from shared.features.rooms.creating import create
from shared.features.rooms.wire import CreateRoom

handler = command(CreateRoom, create, finish)
