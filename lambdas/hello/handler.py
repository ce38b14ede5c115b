"""The first frame of a connection: subscribe it, and tell the whole state."""

from shared.edge.outcomes import finish
from shared.edge.websocket import command
from shared.features.sessions.hello import hello
from shared.features.sessions.wire import Hello

handler = command(Hello, hello, finish)
