"""Forget a connection that was closed."""

from shared.chat import presence
from shared.runtime.websocket import lifecycle

handler = lifecycle(presence.depart)
