"""Post one segment of a large room, or what could not be served at once."""

from shared.edge.queue import entries
from shared.realtime.fan_out import serve_segment
from shared.realtime.segments import Segment

handler = entries(Segment, serve_segment)
