"""Handlers that a schedule invokes."""

import logging
from collections.abc import Callable
from typing import Any

from shared.edge import invocation, logs

log = logging.getLogger(__name__)

ScheduleHandler = Callable[[dict[str, Any], Any], None]


class RunFailed(Exception):
    """What Lambda counts as an error. The log line before it says more."""


def scheduled(run: Callable[[], dict[str, object]]) -> ScheduleHandler:
    """A handler that logs the figures `run` returns. Where `run` raises, the invocation fails; Lambda repeats it twice.

    https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
    """

    def handle(_event: dict[str, Any], context: Any) -> None:
        invocation.begin_batch(context)
        try:
            figures = run()
        except Exception as error:
            log.error("scheduled run failed", extra=logs.describe(error))  # noqa: TRY400
            # Without the exception itself: Lambda logs its text, which may quote what somebody sent.
            raise RunFailed from None
        log.info("scheduled run", extra=figures)

    return handle
