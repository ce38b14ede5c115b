"""Store a new connection, and choose the subprotocol."""

from shared.edge.headers import chosen_subprotocol
from shared.edge.lifecycle import lifecycle
from shared.edge.outcomes import finish
from shared.features.sessions.connecting import on_connect

handler = lifecycle(on_connect, finish, headers=chosen_subprotocol)
