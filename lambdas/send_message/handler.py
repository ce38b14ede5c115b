"""Store a message and push it to its room."""

from shared.chat import messages
from shared.protocol.commands import SendMessage
from shared.runtime.websocket import command

handler = command(SendMessage, messages.send)
