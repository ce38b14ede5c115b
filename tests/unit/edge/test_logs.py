"""Log lines: one JSON object each, with nobody's words in them."""

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st

from shared.edge import logs

SECRET = "a word between us"


def a_record(message: str = "done", **extra: Any) -> logging.LogRecord:
    logger = logging.getLogger("shared.test")
    return logger.makeRecord("shared.test", logging.INFO, "file.py", 1, message, (), None, extra=extra)


def line(record: logging.LogRecord) -> dict[str, Any]:
    text = logs.JsonFormatter().format(record)
    assert "\n" not in text
    parsed: dict[str, Any] = json.loads(text)
    return parsed


def test_a_line_has_its_words_its_fields_and_what_it_follows() -> None:
    logs.follow(invocation="i-1")

    told = line(a_record(route="ping", ms=5))

    assert isinstance(told.pop("time"), int)
    assert told == {
        "level": "INFO",
        "logger": "shared.test",
        "message": "done",
        "invocation": "i-1",
        "route": "ping",
        "ms": 5,
    }


def test_following_another_request_forgets_the_one_before() -> None:
    logs.follow(invocation="i-1", connectionId="c-1")
    logs.follow(invocation="i-2")

    told = line(a_record())

    assert told["invocation"] == "i-2"
    assert "connectionId" not in told


@given(st.text(st.characters(exclude_categories=[])))
def test_whatever_the_words_a_line_is_one_line_of_json(words: str) -> None:
    assert line(a_record(field=words))["field"] == words


def _throttled() -> None:
    raise ClientError({"Error": {"Code": "ThrottlingException", "Message": SECRET}}, "PutItem")


def _failed_because_throttled() -> None:
    try:
        _throttled()
    except ClientError as error:
        raise KeyError(SECRET) from error


def _failed_and_hid_why() -> None:
    try:
        _throttled()
    except ClientError:
        raise KeyError(SECRET) from None


def caught(fails: Callable[[], None]) -> KeyError:
    with pytest.raises(KeyError) as raised:
        fails()
    return raised.value


def test_an_attached_exception_is_not_spelled_out() -> None:
    error = caught(_failed_because_throttled)
    attached = (type(error), error, error.__traceback__)

    record = logging.getLogger("x").makeRecord("x", logging.ERROR, "file.py", 1, "failed", (), attached)

    assert SECRET not in logs.JsonFormatter().format(record)


def test_an_exception_is_described_by_its_types_codes_and_places() -> None:
    described = logs.describe(caught(_failed_because_throttled))

    assert described["error"] == "KeyError < ClientError(ThrottlingException)"
    assert described["places"].startswith("test_logs.py:")
    assert SECRET not in json.dumps(described)


def test_what_was_hidden_by_from_none_is_still_named() -> None:
    assert logs.describe(caught(_failed_and_hid_why))["error"] == "KeyError < ClientError(ThrottlingException)"


def _configured_root(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> tuple[logging.Handler, int]:
    """What becomes of the handler that Lambda has put on the root logger, and of the root's level."""
    handler = logging.NullHandler()
    root = logging.getLogger()
    with monkeypatch.context() as patched:
        patched.setattr(root, "handlers", [handler])
        patched.setattr(root, "level", logging.WARNING)
        for name, value in environment.items():
            patched.setenv(name, value)
        logs.configure()
        return handler, root.level


def test_in_lambda_the_platforms_handler_gets_our_format(monkeypatch: pytest.MonkeyPatch) -> None:
    handler, level = _configured_root(
        monkeypatch, {"AWS_LAMBDA_FUNCTION_NAME": "parley-unit-ping", "LOG_LEVEL": "ERROR"}
    )

    assert isinstance(handler.formatter, logs.JsonFormatter)
    assert level == logging.ERROR


def test_elsewhere_logging_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    handler, level = _configured_root(monkeypatch, {"LOG_LEVEL": "ERROR"})

    assert handler.formatter is None
    assert level == logging.WARNING
