"""Handlers of table streams: changes in order; the first that fails, and all after it, come again."""

import logging
from collections.abc import Callable
from typing import Any

from shared.aws import budgets, deadline
from shared.edge import invocation, logs
from shared.realtime.publication import Publication
from shared.realtime.publishing import publish_all

log = logging.getLogger(__name__)

Image = dict[str, Any]
StreamHandler = Callable[[dict[str, Any], Any], dict[str, Any]]


def changes(work_on: Callable[[Image | None, Image | None], tuple[Publication, ...]]) -> StreamHandler:
    """A handler that calls `work_on(old, new)` with the raw images of each change and publishes what it returns.

    It reports where it stopped.

    https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
    """

    def handle(event: dict[str, Any], context: Any) -> dict[str, Any]:
        invocation.begin_batch(context)
        for place, record in enumerate(event["Records"]):
            change = record["dynamodb"]
            if place and deadline.remaining() < budgets.RECORD:
                return {"batchItemFailures": [{"itemIdentifier": change["SequenceNumber"]}]}
            invocation.begin_record(context, change=change["SequenceNumber"])
            try:
                publish_all(work_on(change.get("OldImage"), change.get("NewImage")))
            except Exception as error:
                log.error("change failed", extra=logs.describe(error))  # noqa: TRY400
                return {"batchItemFailures": [{"itemIdentifier": change["SequenceNumber"]}]}
        return {"batchItemFailures": []}

    return handle
