"""Read back a room's messages, or one's own."""

from shared.chat import history
from shared.protocol.commands import GetMessages
from shared.runtime.websocket import command

handler = command(GetMessages, history.get_messages)
