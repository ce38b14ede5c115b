"""One JSON object per log line, with what is needed to follow a request.

Never a token, never a message's text: exceptions are logged by type and place, not by their words, for those may quote
what a client sent.
"""

import json
import logging
import os
import traceback
from contextvars import ContextVar
from typing import Any

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}

_request: ContextVar[dict[str, str] | None] = ContextVar("request", default=None)


def follow(**fields: str) -> None:
    """From now on, in this context, every line carries these fields."""
    _request.set(fields)


class JsonFormatter(logging.Formatter):
    """Time, level, logger and words; then what `follow` and `extra` say."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, Any] = {
            "time": int(record.created * 1000),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **(_request.get() or {}),
        }
        line.update({name: value for name, value in vars(record).items() if name not in _STANDARD})
        return json.dumps(line, default=str)


def configure() -> None:
    """In Lambda, give the handler that the platform installed our format; elsewhere the process decides."""
    if "AWS_LAMBDA_FUNCTION_NAME" in os.environ:
        root = logging.getLogger()
        root.setLevel(os.environ.get("LOG_LEVEL", "INFO"))
        for handler in root.handlers:
            handler.setFormatter(JsonFormatter())


def describe(error: BaseException) -> dict[str, str]:
    """An exception for the log: types, AWS's error code and places, without anybody's words."""
    # Here, and not above: the health check and the authorizer start without it.
    from botocore.exceptions import ClientError

    types = []
    cause: BaseException | None = error
    while cause is not None:
        code = f"({cause.response['Error']['Code']})" if isinstance(cause, ClientError) else ""
        types.append(type(cause).__name__ + code)
        cause = cause.__cause__ or cause.__context__
    places = [
        f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)
    ]
    return {"error": " < ".join(types), "places": " > ".join(places)}
