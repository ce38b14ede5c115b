"""The first frame of a connection: subscribe it, and tell the whole state."""

from shared.chat import presence
from shared.protocol.commands import Hello
from shared.runtime.websocket import command

handler = command(Hello, presence.hello)
