"""List the members of a room."""

from shared.chat import roster
from shared.protocol.commands import GetMembers
from shared.runtime.websocket import command

handler = command(GetMembers, roster.get_members)
