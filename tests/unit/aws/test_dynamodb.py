"""Which answers of DynamoDB are asked for again, which are told on, and for how long."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from pynamodb.exceptions import VerboseClientError

from shared.aws import deadline, retry
from shared.aws.dynamodb import DynamoDbUnavailable, connect
from shared.core import services
from tests.unit.fake_http import Answer, FakeHost

pytestmark = pytest.mark.usefixtures("waits")

FOUND = Answer(body=b'{"Item": {"roomId": {"S": "r1"}}}')


def a_fault(code: str, status: int = 400, **fields: Any) -> Answer:
    body = {"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": "in words", **fields}
    return Answer(status, json.dumps(body).encode())


def a_database(monkeypatch: pytest.MonkeyPatch, *answers: Answer | Exception) -> FakeHost:
    return FakeHost(answers).plug_in(monkeypatch)


def call(operation: str = "GetItem", **arguments: Any) -> dict[str, Any]:
    return connect(services.current()).dispatch(operation, arguments)


def test_a_call_is_signed_and_its_answer_returned(monkeypatch: pytest.MonkeyPatch) -> None:
    host = a_database(monkeypatch, FOUND)

    assert call(TableName="rooms") == {"Item": {"roomId": {"S": "r1"}}}

    (sent,) = host.taken
    assert (sent.method, sent.path, json.loads(sent.body)) == ("POST", "/", {"TableName": "rooms"})
    assert sent.headers["x-amz-target"] == "DynamoDB_20120810.GetItem"
    assert sent.headers["authorization"].startswith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
    assert "/eu-west-1/dynamodb/aws4_request" in sent.headers["authorization"]


@pytest.mark.parametrize(
    "code",
    [
        "InternalServerError",
        "LimitExceededException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ServiceUnavailable",
        "ThrottlingException",
        "TransactionConflictException",
        "TransactionInProgressException",
    ],
)
@pytest.mark.parametrize("status", [400, 500])
def test_a_throttled_or_failed_call_is_made_again(
    monkeypatch: pytest.MonkeyPatch, waits: list[float], code: str, status: int
) -> None:
    host = a_database(monkeypatch, a_fault(code, status), a_fault(code, status), FOUND)

    assert "Item" in call()
    assert len(host.taken) == 3
    assert len(waits) == 2


@pytest.mark.parametrize(
    "fault",
    [
        Answer(500, b"oops"),
        Answer(502, b"<html>"),
        Answer(503, b""),
        a_fault("SomethingNew", 500),
        TimeoutError(),
        ConnectionResetError(),
        OSError(),
    ],
)
def test_no_answer_or_a_servers_error_is_reason_to_ask_again(
    monkeypatch: pytest.MonkeyPatch, fault: Answer | Exception
) -> None:
    host = a_database(monkeypatch, fault, FOUND)

    assert "Item" in call()
    assert len(host.taken) == 2


@pytest.mark.parametrize(
    "code",
    [
        "ConditionalCheckFailedException",
        "TransactionCanceledException",
        "ValidationException",
        "ResourceNotFoundException",
        "AccessDeniedException",
        "UnrecognizedClientException",
        "IdempotentParameterMismatchException",
    ],
)
def test_what_would_be_answered_the_same_again_is_not_repeated(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    host = a_database(monkeypatch, a_fault(code), FOUND)

    with pytest.raises(ClientError) as told:
        call()

    assert told.value.response["Error"]["Code"] == code
    assert len(host.taken) == 1


def test_an_error_without_a_type_is_told_by_its_status(monkeypatch: pytest.MonkeyPatch) -> None:
    a_database(monkeypatch, Answer(413, b"too much"))

    with pytest.raises(ClientError) as told:
        call()

    assert told.value.response["Error"]["Code"] == "Http413"


def test_a_transaction_keeps_its_token_over_all_attempts(monkeypatch: pytest.MonkeyPatch) -> None:
    # given
    host = a_database(monkeypatch, TimeoutError(), a_fault("ThrottlingException"), Answer())

    # when
    call("TransactWriteItems", TransactItems=[])

    # then
    tokens = [json.loads(sent.body)["ClientRequestToken"] for sent in host.taken]
    assert len(tokens) == 3
    assert len(set(tokens)) == 1


def test_another_transaction_has_another_token(monkeypatch: pytest.MonkeyPatch) -> None:
    host = a_database(monkeypatch, Answer(), Answer())

    call("TransactWriteItems", TransactItems=[])
    call("TransactWriteItems", TransactItems=[])

    first, second = (json.loads(sent.body)["ClientRequestToken"] for sent in host.taken)
    assert first != second


def test_other_operations_have_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    host = a_database(monkeypatch, Answer())

    call("PutItem", TableName="rooms")

    assert json.loads(host.taken[0].body) == {"TableName": "rooms"}


def test_each_attempt_is_signed_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    # given credentials that change between two attempts
    host = FakeHost([a_fault("ThrottlingException"), FOUND]).plug_in(monkeypatch)
    monkeypatch.setattr("shared.aws.retry.pause", lambda *_: monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDOTHER"))

    # when
    call()

    # then
    assert ["AKIDOTHER" in sent.headers["authorization"] for sent in host.taken] == [False, True]


@pytest.mark.parametrize("fault", [a_fault("ThrottlingException"), TimeoutError(), Answer(500, b"oops")])
def test_attempts_come_to_an_end(monkeypatch: pytest.MonkeyPatch, fault: Answer | Exception) -> None:
    host = a_database(monkeypatch, *[fault] * 20)

    with pytest.raises(DynamoDbUnavailable, match="GetItem"):
        call()

    assert len(host.taken) == retry.AWS_CALL.attempts


def test_the_deadline_ends_the_attempts(monkeypatch: pytest.MonkeyPatch, waits: list[float]) -> None:
    # given a database that throttles, until the time is over
    def throttles(_sent: Any) -> Answer:
        if len(host.taken) == 3:
            deadline.set_remaining(0.3)
        return a_fault("ThrottlingException")

    host = FakeHost(throttles).plug_in(monkeypatch)

    # when, then
    with pytest.raises(DynamoDbUnavailable):
        call()
    assert len(host.taken) == 3
    assert len(waits) == 2


@pytest.mark.usefixtures("stopped_deadline")
@pytest.mark.parametrize(("left", "timeout"), [(20.0, 5.0), (2.0, 2.0), (-3.0, 0.2)])
def test_a_call_waits_no_longer_than_the_deadline_allows(
    monkeypatch: pytest.MonkeyPatch, left: float, timeout: float
) -> None:
    host = a_database(monkeypatch, FOUND)
    deadline.set_remaining(left)

    call()

    assert host.taken[0].timeout == pytest.approx(timeout)


def test_why_a_transaction_was_cancelled_is_told_by_position(monkeypatch: pytest.MonkeyPatch) -> None:
    reasons = [
        {"Code": "None"},
        {"Code": "ConditionalCheckFailed", "Message": "failed", "Item": {"roomId": {"S": "r1"}}},
        {"Code": "TransactionConflict"},
    ]
    a_database(monkeypatch, a_fault("TransactionCanceledException", CancellationReasons=reasons))

    with pytest.raises(VerboseClientError) as told:
        call("TransactWriteItems", TransactItems=[])

    given = told.value.cancellation_reasons
    assert [reason.code if reason else None for reason in given] == [
        None,
        "ConditionalCheckFailed",
        "TransactionConflict",
    ]


def test_a_local_endpoint_is_used_where_it_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DYNAMODB_ENDPOINT", "http://127.0.0.1:8000/dynamo/")
    host = a_database(monkeypatch, FOUND)

    connection = connect(services.current())
    connection.dispatch("GetItem", {})

    assert connection._channel.endpoint.host == "127.0.0.1:8000"
    assert host.taken[0].path == "/dynamo/"


@pytest.mark.usefixtures("waits")
def test_a_throttled_call_leaves_the_log_line_that_the_alarm_counts(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    a_database(monkeypatch, a_fault("ThrottlingException"), a_fault("TransactionConflictException"), FOUND)

    call(TableName="rooms")

    assert [record.getMessage() for record in caplog.records].count("throttled") == 1
