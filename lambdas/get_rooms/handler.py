"""List the caller's rooms."""

from shared.chat import rooms
from shared.protocol.commands import GetRooms
from shared.runtime.websocket import command

handler = command(GetRooms, rooms.get_rooms)
