"""The canary against a running stack: it goes the whole way, and says at which step it fails."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from local.emulation import aws
from local.invocation import InvocationFailed, Invoker
from local.settings import Settings
from local.stack import LocalStack
from tools import canary


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[LocalStack]:
    with LocalStack(Settings(state=tmp_path / "state", site=tmp_path)) as stack:
        yield stack


def _make_account(stack: LocalStack) -> None:
    endpoint = stack.outputs["cognito_endpoint"]
    cognito, ssm = aws.client("cognito-idp", endpoint), aws.client("ssm", endpoint)
    canary.renew_password(cognito, ssm, stack.outputs["user_pool_id"], _parameter(stack))


def _parameter(stack: LocalStack) -> str:
    return stack.variables["PARLEY_PARAMETER_CANARY_PASSWORD"]


def _run(stack: LocalStack) -> None:
    invoker = Invoker(stack.functions, 1)
    try:
        assert invoker.call_blocking("canary", {}) is None
    finally:
        invoker.close()


def _items(stack: LocalStack, table: str) -> list[dict[str, Any]]:
    dynamodb = aws.client("dynamodb", stack.variables["DYNAMODB_ENDPOINT"])
    return [*dynamodb.scan(TableName=f"parley-local-{table}")["Items"]]


def test_it_sends_and_hears_in_one_room_of_its_own(stack: LocalStack, caplog: pytest.LogCaptureFixture) -> None:
    _make_account(stack)

    with caplog.at_level(logging.DEBUG):
        _run(stack)
        _run(stack)

    assert [room["roomName"]["S"] for room in _items(stack, "rooms")] == ["Canary"]
    assert len(_items(stack, "messages")) == 2
    figures = [vars(record)["roundTripMs"] for record in caplog.records if record.message == "scheduled run"]
    assert len(figures) == 2
    assert all(figure > 0 for figure in figures)


def _fails(stack: LocalStack, caplog: pytest.LogCaptureFixture) -> list[str]:
    with pytest.raises(InvocationFailed, match="canary"):
        _run(stack)
    return [vars(record)["step"] for record in caplog.records if hasattr(record, "step")]


def test_without_a_password_it_fails(stack: LocalStack, caplog: pytest.LogCaptureFixture) -> None:
    endpoint = stack.outputs["cognito_endpoint"]
    assert not canary.has_password(aws.client("ssm", endpoint), _parameter(stack))

    assert _fails(stack, caplog) == ["password"]


def test_a_wrong_password_is_a_failed_sign_in_and_stays_out_of_the_log(
    stack: LocalStack, caplog: pytest.LogCaptureFixture
) -> None:
    _make_account(stack)
    ssm = aws.client("ssm", stack.outputs["cognito_endpoint"])
    ssm.put_parameter(Name=_parameter(stack), Value="Wrong-password-1", Type="SecureString", Overwrite=True)

    with caplog.at_level(logging.DEBUG):
        assert _fails(stack, caplog) == ["sign in"]

    assert "Wrong-password-1" not in caplog.text


def test_an_api_that_cannot_be_reached_is_a_failed_connection(
    stack: LocalStack, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    _make_account(stack)
    monkeypatch.setitem(os.environ, "PARLEY_WEBSOCKET_URL", "ws://127.0.0.1:1/ws")

    assert _fails(stack, caplog) == ["connect"]


def test_a_push_that_never_comes_is_told(
    stack: LocalStack, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    import importlib

    _make_account(stack)
    _run(stack)
    posting = importlib.import_module("shared.realtime.publishing")
    monkeypatch.setattr(posting, "publish", lambda *_arguments, **_named: None)
    monkeypatch.setattr(importlib.import_module("shared.features.canary.client"), "STEP_SECONDS", 1.0)

    assert _fails(stack, caplog) == ["push"]
