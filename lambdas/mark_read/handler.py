"""Remember how far the caller has read a room."""

from shared.chat import reading
from shared.protocol.commands import MarkRead
from shared.runtime.websocket import command

handler = command(MarkRead, reading.mark_read)
