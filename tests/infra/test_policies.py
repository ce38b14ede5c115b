"""The check over applied policies finds what it is for."""

import json
from typing import Any

import pytest

from tests.infra import policies
from tests.infra.report import Failed

TABLE = "arn:aws:dynamodb:eu-west-1:111122223333:table/parley-dev-rooms"


def _state(*statements: dict[str, Any]) -> Any:
    policy = {
        "type": "aws_iam_role_policy",
        "address": "role",
        "values": {"policy": json.dumps({"Statement": statements})},
    }
    return {"values": {"root_module": {"child_modules": [{"child_modules": [{"resources": [policy]}]}]}}}


def _allow(action: str | list[str], resource: str | list[str]) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource}


@pytest.mark.parametrize(
    "statement",
    [
        _allow(["dynamodb:GetItem"], [TABLE]),
        _allow(["dynamodb:Query"], [f"{TABLE}/index/userId-index"]),
        _allow(["dynamodb:GetRecords"], [f"{TABLE}/stream/*"]),
        _allow(["logs:PutLogEvents"], ["arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/parley-dev-ping:*"]),
        _allow(
            "execute-api:ManageConnections",
            "arn:aws:execute-api:eu-west-1:111122223333:abc/dev/POST/@connections/*",
        ),
        _allow(["xray:PutTraceSegments"], ["*"]),
        {"Effect": "Deny", "Action": "s3:*", "Resource": "*"},
    ],
)
def test_what_is_narrow_enough_passes(statement: dict[str, Any]) -> None:
    assert policies.checked(_state(statement)) == "1 statements"


@pytest.mark.parametrize(
    "statement",
    [
        _allow("dynamodb:*", TABLE),
        _allow(["dynamodb:GetItem", "dynamodb:Put*"], [TABLE]),
        _allow(["dynamodb:GetItem"], ["*"]),
        _allow(["dynamodb:GetItem"], [f"{TABLE}*"]),
        _allow(["dynamodb:GetItem"], ["arn:aws:dynamodb:*:111122223333:table/parley-dev-rooms"]),
        _allow(["dynamodb:Query"], [f"{TABLE}/index/*"]),
        _allow(
            ["execute-api:ManageConnections"], ["arn:aws:execute-api:eu-west-1:111122223333:*/dev/POST/@connections/*"]
        ),
        _allow(["xray:PutTraceSegments", "sqs:SendMessage"], ["*"]),
    ],
)
def test_what_is_too_wide_is_found(statement: dict[str, Any]) -> None:
    with pytest.raises(Failed, match="role: allows"):
        policies.checked(_state(_allow("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:queue"), statement))


def test_no_policy_at_all_is_no_success() -> None:
    with pytest.raises(Failed):
        policies.checked({"values": {"root_module": {}}})
