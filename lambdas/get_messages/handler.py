"""Read back a room's messages, or one's own."""

from shared.edge.websocket import command
from shared.features.messages.history import get_messages
from shared.features.messages.history_wire import GetMessages

handler = command(GetMessages, get_messages)
