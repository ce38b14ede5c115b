"""Post one segment of a large room, or what could not be served at once."""

from shared.delivery.fan_out import serve_segment
from shared.delivery.segments import Segment
from shared.runtime.queues import entries

handler = entries(Segment, serve_segment)
