"""End the caller's membership of a room."""

from shared.chat import membership
from shared.protocol.commands import LeaveRoom
from shared.runtime.websocket import command

handler = command(LeaveRoom, membership.leave)
