"""List the caller's rooms."""

from shared.edge.websocket import command
from shared.features.rooms.listing import get_rooms
from shared.features.rooms.wire import GetRooms

handler = command(GetRooms, get_rooms)
