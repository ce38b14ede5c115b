"""Keep a connection open, and tell the heads of some rooms."""

from shared.chat import presence
from shared.protocol.commands import Ping
from shared.runtime.websocket import command

handler = command(Ping, presence.ping)
