"""Store a message and push it to its room."""

from shared.edge.outcomes import finish
from shared.edge.websocket import command
from shared.features.messages.sending import send
from shared.features.messages.wire import SendMessage

handler = command(SendMessage, send, finish)
