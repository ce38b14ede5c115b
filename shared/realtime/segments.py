"""A segment: an event for a slice of a topic's listeners, as it is stored in the `fan-out` queue.

The listeners of the slice are read when the segment is served, so that a late one reaches nobody who has left.
"""

from itertools import pairwise
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from shared.aws.sqs import Entry


class Segment(BaseModel):
    """`event` (the frame's text) for the listeners with `after` < connectionId ≤ `until`, or for those in `only`."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    topic: Annotated[str, Field(min_length=1)]
    event: Annotated[str, Field(min_length=1)]
    after: str | None = None
    until: str | None = None
    skip_connection: str | None = None
    only: tuple[str, ...] | None = None
    attempt: int = 0
    """How often these listeners were tried through the queue."""
    waiting_since: int | None = None
    """When the first of them could not be served, in milliseconds since 1970."""

    def entry(self, delay_seconds: int = 0) -> Entry:
        """As a queue entry: in ASCII, for SQS takes no U+FFFE and U+FFFF, which a message may hold.

        https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
        """
        return Entry(self.model_dump_json(exclude_none=True, ensure_ascii=True), delay_seconds)


def split_into_segments(
    topic: str, event: str, connection_ids: list[str], size: int, skip_connection: str | None
) -> list[Segment]:
    """Segments of about `size` listeners that together cover the whole topic, whoever comes or goes in between."""
    bounds: list[str | None] = [None, *connection_ids[size - 1 : -1 : size], None]
    return [
        Segment(topic=topic, event=event, after=after, until=until, skip_connection=skip_connection)
        for after, until in pairwise(bounds)
    ]
