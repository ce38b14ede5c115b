"""Ask to join a room, or answer somebody who asks."""

from shared.chat import membership
from shared.protocol.commands import JoinRoom
from shared.runtime.websocket import command

handler = command(JoinRoom, membership.join)
