"""Keep a connection open, and tell the heads of some rooms."""

from shared.edge.websocket import command
from shared.features.sessions.ping import ping
from shared.features.sessions.wire import Ping

handler = command(Ping, ping)
