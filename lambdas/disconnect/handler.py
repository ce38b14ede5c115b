"""Forget a connection that was closed."""

from shared.edge.websocket import lifecycle
from shared.features.sessions.lifecycle import on_disconnect

handler = lifecycle(on_disconnect)
