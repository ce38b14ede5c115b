"""Forget a connection that was closed."""

from shared.edge.lifecycle import lifecycle
from shared.features.sessions.disconnecting import on_disconnect

handler = lifecycle(on_disconnect)
