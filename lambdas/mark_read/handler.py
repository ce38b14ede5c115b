"""Remember how far the caller has read a room."""

from shared.edge.outcomes import finish
from shared.edge.websocket import command
from shared.features.reading.marking import mark_read
from shared.features.reading.wire import MarkRead

handler = command(MarkRead, mark_read, finish)
