"""Handlers of table streams: changes in order; the first that fails, and all after it, come again."""

import logging
from collections.abc import Callable
from typing import Any

from shared.aws import deadline
from shared.edge import logs
from shared.realtime.publication import Publication
from shared.realtime.publishing import publish_all

log = logging.getLogger(__name__)
logs.configure()

KILL_MARGIN_SECONDS = 2.0
MIN_SECONDS_PER_CHANGE = 3.0
"""With less left, the change waits for the next invocation: one that is killed begins its whole batch anew."""

Image = dict[str, Any]
StreamHandler = Callable[[dict[str, Any], Any], dict[str, Any]]


def changes(work_on: Callable[[Image | None, Image | None], tuple[Publication, ...]]) -> StreamHandler:
    """A handler that calls `work_on(old, new)` with the raw images of each change and publishes what it returns.

    It reports where it stopped.

    https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
    """

    def handle(event: dict[str, Any], context: Any) -> dict[str, Any]:
        deadline.set_remaining(context.get_remaining_time_in_millis() / 1000 - KILL_MARGIN_SECONDS)
        for place, record in enumerate(event["Records"]):
            change = record["dynamodb"]
            if place and deadline.remaining() < MIN_SECONDS_PER_CHANGE:
                return {"batchItemFailures": [{"itemIdentifier": change["SequenceNumber"]}]}
            logs.follow(
                function=context.function_name,
                invocation=context.aws_request_id,
                change=change["SequenceNumber"],
            )
            try:
                publish_all(work_on(change.get("OldImage"), change.get("NewImage")))
            except Exception as error:
                log.error("change failed", extra=logs.describe(error))  # noqa: TRY400
                return {"batchItemFailures": [{"itemIdentifier": change["SequenceNumber"]}]}
        return {"batchItemFailures": []}

    return handle
