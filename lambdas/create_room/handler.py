"""Make a room with the caller as its admin."""

from shared.chat import rooms
from shared.protocol.commands import CreateRoom
from shared.runtime.websocket import command

handler = command(CreateRoom, rooms.create)
