"""Store a new connection, and choose the subprotocol."""

from shared.edge.headers import chosen_subprotocol
from shared.edge.websocket import lifecycle
from shared.features.sessions.lifecycle import on_connect

handler = lifecycle(on_connect, headers=chosen_subprotocol)
