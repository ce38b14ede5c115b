"""Store a new connection, and choose the subprotocol."""

from shared.chat import presence
from shared.runtime.headers import chosen_subprotocol
from shared.runtime.websocket import lifecycle

handler = lifecycle(presence.arrive, headers=chosen_subprotocol)
