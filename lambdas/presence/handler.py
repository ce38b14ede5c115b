"""Keep a connection open, tell the heads of some rooms, and tell others who is writing."""

from shared.edge.websocket import command, routes, silent
from shared.features.sessions.ping import ping
from shared.features.sessions.wire import Ping
from shared.features.typing.telling import tell_typing
from shared.features.typing.wire import Typing

handler = routes(
    ping=command(Ping, ping),
    typing=silent(Typing, tell_typing),
)
