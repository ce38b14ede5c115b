"""Handlers of queues: each entry by itself; those that fail come again, the others do not."""

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from shared.aws import budgets, deadline
from shared.edge import invocation, logs

log = logging.getLogger(__name__)

_Entry = TypeVar("_Entry", bound=BaseModel)

QueueHandler = Callable[[dict[str, Any], Any], dict[str, Any]]


def entries(model: type[_Entry], work_on: Callable[[_Entry], None]) -> QueueHandler:
    """A handler that reports the failed entries, so that SQS redelivers just these, and at last keeps them aside.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
    """

    def handle(event: dict[str, Any], context: Any) -> dict[str, Any]:
        invocation.begin_batch(context)
        failures = []
        for record in event["Records"]:
            invocation.begin_record(context, entryId=record["messageId"])
            if not _done(record["body"]):
                failures.append({"itemIdentifier": record["messageId"]})
        return {"batchItemFailures": failures}

    def _done(body: str) -> bool:
        if deadline.remaining() < budgets.RECORD:
            return False
        try:
            entry = model.model_validate_json(body)
        except ValidationError as error:
            log.error("not an entry of ours", extra={"faults": len(error.errors())})  # noqa: TRY400
            return False
        try:
            work_on(entry)
        except Exception as error:
            log.error("entry failed", extra=logs.describe(error))  # noqa: TRY400
            return False
        return True

    return handle
