"""Store a new connection, and choose the subprotocol."""

from shared.edge.headers import chosen_subprotocol
from shared.edge.websocket import lifecycle
from shared.features.sessions.lifecycle import arrive

handler = lifecycle(arrive, headers=chosen_subprotocol)
