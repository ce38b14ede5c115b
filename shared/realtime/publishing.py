"""Handing an event on to everyone who listens to a topic.

When `publish` returns, each listener has it, is gone, or is in the queue; otherwise it raises, and the command that
published is not acknowledged, so that its sender comes again.
"""

import logging
from collections.abc import Iterable, Sequence

from shared.aws import budgets, deadline, retry
from shared.aws.retry import Policy
from shared.aws.sqs import fan_out_queue
from shared.core import clock, settings
from shared.realtime.delivery_report import DeliveryReport
from shared.realtime.posting import as_body, connections_api
from shared.realtime.publication import Publication
from shared.realtime.segments import Segment, split_into_segments
from shared.realtime.stale_connections import delete_stale, disconnect
from shared.realtime.subscriptions import Subscription
from shared.realtime.topics import Listener

log = logging.getLogger(__name__)

RETRY = Policy(attempts=2, reserved_seconds=budgets.HAND_OVER, base_seconds=0.5, cap_seconds=0.5)
"""One retry of posts that failed, at a random moment within half a second; the rest goes to the queue.

A connection that answers 429 does not read. It is not waited for: its slowness must not delay everybody else's send."""


def publish_all(publications: Iterable[Publication]) -> None:
    """Publish in the order given."""
    for publication in publications:
        publish(publication)


def publish(publication: Publication) -> None:
    """Post to a small topic's listeners here and now; send segments of a large one to the queue."""
    limits = settings.load(settings.DeliverySettings)
    frame = publication.event.encode()
    listeners = list(Subscription.listeners(publication.topic))
    if not listeners:
        return
    if len(listeners) > limits.inline_limit or deadline.remaining() < budgets.HAND_OVER:
        ids = [listener.connection_id for listener in listeners]
        segments = split_into_segments(publication.topic, frame, ids, limits.segment_size, publication.skip_connection)
        fan_out_queue().send([segment.entry() for segment in segments])
        return
    unserved = serve(publication.topic, as_body(frame), listeners, publication.skip_connection).unserved
    if unserved:
        later = Segment(
            topic=publication.topic,
            event=frame,
            only=tuple(unserved),
            attempt=1,
            waiting_since=clock.now_ms(),
        )
        fan_out_queue().send([later.entry(delay_seconds=1)])


def serve(topic: str, body: bytes, listeners: Sequence[Listener], skip_connection: str | None = None) -> DeliveryReport:
    """Post to these listeners, with one retry; clean up those who are gone, disconnect those whose time is over."""
    now = clock.now_ms()
    expired = [listener for listener in listeners if listener.expires_at <= now]
    if expired:
        disconnect(topic, expired)
    by_id = {
        listener.connection_id: listener
        for listener in listeners
        if listener.expires_at > now and listener.connection_id != skip_connection
    }
    report = connections_api().post(by_id, body)
    if report.failed and deadline.remaining() > budgets.HAND_OVER:
        retry.pause(0, RETRY)
        again = connections_api().post(report.failed, body)
        report = report.followed_by(again)
    if report.gone:
        delete_stale(topic, [by_id[connection_id] for connection_id in report.gone])
    if report.unserved:
        log.info("not served", extra={"throttled": len(report.throttled), "failed": len(report.failed)})
    return report
