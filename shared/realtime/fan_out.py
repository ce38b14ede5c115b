"""Serving one segment of a large topic, or what could not be served at once."""

import logging

from shared.aws.sqs import fan_out_queue
from shared.core import clock
from shared.db.reads import read
from shared.realtime.delivery_report import DeliveryReport
from shared.realtime.posting import as_body
from shared.realtime.publishing import serve
from shared.realtime.segments import Segment
from shared.realtime.stale_connections import disconnect
from shared.realtime.subscriptions import Subscription
from shared.realtime.topics import Listener

log = logging.getLogger(__name__)

GIVE_UP_AFTER_MS = 60_000
"""A connection that answers 429 for this long does not keep up: it is closed, comes back and catches up."""

MAX_DELAY_SECONDS = 15


class SegmentFailed(Exception):
    """Some listeners could not be served within a minute though they are not slow, or slow ones could not be closed."""


def serve_segment(segment: Segment) -> None:
    """Post the segment's event to those of its listeners who still listen; what remains is queued again.

    The queue entry is done with when this returns. It raises when the entry must come again: SQS then redelivers it,
    and after the queue's `max_receives` keeps it in the dead-letter queue.
    """
    listeners = _listeners(segment)
    report = serve(segment.topic, as_body(segment.event), listeners, segment.skip_connection)
    if report.unserved:
        _try_later(segment, listeners, report)


def _listeners(segment: Segment) -> list[Listener]:
    if segment.only is None:
        return list(Subscription.listeners(segment.topic, segment.after, segment.until))
    keys = [Subscription.key(segment.topic, connection_id) for connection_id in segment.only]
    found = read(*keys)
    rows = [row for key in keys if (row := found[key]) is not None]
    return [Listener(row.connection_id, row.user_id, int(row.expires_at)) for row in rows]


def _try_later(segment: Segment, listeners: list[Listener], report: DeliveryReport) -> None:
    now = clock.now_ms()
    waiting_since = segment.waiting_since or now
    if now - waiting_since < GIVE_UP_AFTER_MS:
        later = Segment(
            topic=segment.topic,
            event=segment.event,
            only=tuple(report.unserved),
            attempt=segment.attempt + 1,
            waiting_since=waiting_since,
        )
        fan_out_queue().send([later.entry(delay_seconds=min(2**segment.attempt, MAX_DELAY_SECONDS))])
        return
    slow = set(report.throttled)
    unclosed = disconnect(segment.topic, [listener for listener in listeners if listener.connection_id in slow])
    log.warning("closed connections that did not keep up", extra={"count": len(slow) - len(unclosed)})
    if report.failed or unclosed:
        raise SegmentFailed(f"{len(report.failed)} listeners could not be served, {len(unclosed)} not be closed")
