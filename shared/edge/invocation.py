"""What every handler does first, whatever it serves."""

from typing import Any

from shared.aws import budgets, deadline
from shared.edge import logs
from shared.edge.startup import resume_garbage_collection


class _Process:
    is_new = True


def begin_request(context: Any, **fields: str) -> None:
    """Begin to answer a caller who waits: API Gateway's WebSocket and HTTP APIs, and the authorizer.

    Sets the deadline, and what every log line of the invocation carries: `fields`, and `cold` in a process's first. The
    first also ends the pause of the garbage collector.
    """
    left = context.get_remaining_time_in_millis() / 1000 - budgets.COMMAND_MARGIN
    _begin(context, min(left, budgets.ANSWER), fields)


def begin_batch(context: Any) -> None:
    """Begin to work on records of a queue or a stream, for which nobody waits. Sets what `begin_request` does."""
    _begin(context, context.get_remaining_time_in_millis() / 1000 - budgets.BATCH_MARGIN, {})


def begin_record(context: Any, **fields: str) -> None:
    """Begin one record of a batch: its log lines carry `fields`; the deadline stays that of the batch."""
    logs.follow(function=context.function_name, invocation=context.aws_request_id, **fields)


def _begin(context: Any, seconds: float, fields: dict[str, str]) -> None:
    deadline.set_remaining(seconds)
    if _Process.is_new:
        resume_garbage_collection()
        logs.configure()
        fields = {**fields, "cold": "true"}
        _Process.is_new = False
    logs.follow(function=context.function_name, invocation=context.aws_request_id, **fields)
