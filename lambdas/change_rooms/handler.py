"""Create rooms, open direct rooms, and change what rooms are called and how they work."""

from shared.edge.outcomes import finish
from shared.edge.websocket import command, routes
from shared.features.direct.opening import open_direct
from shared.features.direct.wire import OpenDirect
from shared.features.room_settings.changing import archive_room, update_room
from shared.features.room_settings.wire import ArchiveRoom, UpdateRoom
from shared.features.rooms.creating import create
from shared.features.rooms.wire import CreateRoom

handler = routes(
    createRoom=command(CreateRoom, create, finish),
    openDirect=command(OpenDirect, open_direct, finish),
    updateRoom=command(UpdateRoom, update_room, finish),
    archiveRoom=command(ArchiveRoom, archive_room, finish),
)
