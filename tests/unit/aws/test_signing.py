"""Our signatures are those of botocore, for the requests that we make."""

import time
from datetime import UTC, datetime

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from hypothesis import given
from hypothesis import strategies as st

from shared.aws import credentials
from shared.aws.signing import Signer, body_hash, escape

HOST = "api.example.test"
MOMENT = time.struct_time((2026, 11, 20, 7, 0, 0, 4, 324, 0))


@pytest.fixture(autouse=True)
def _stopped_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both signers make their signature at the same moment."""
    monkeypatch.setattr(time, "gmtime", lambda: MOMENT)
    monkeypatch.setattr("botocore.auth.get_current_datetime", lambda: datetime(2026, 11, 20, 7, 0, 0, tzinfo=UTC))


def _botocores(service: str, method: str, path: str, body: bytes, target: str | None, token: str | None) -> str:
    headers = {"X-Amz-Target": target, "Content-Type": "application/x-amz-json-1.0"} if target else {}
    request = AWSRequest(method, f"https://{HOST}{path}", headers, body)
    SigV4Auth(Credentials("AKIDEXAMPLE", "not-a-secret", token), service, "eu-west-1").add_auth(request)
    assert request.headers["X-Amz-Date"] == "20261120T070000Z"
    authorization: str = request.headers["Authorization"]
    return authorization


def _ours(service: str, method: str, path: str, body: bytes, target: str | None, token: str | None) -> str:
    with pytest.MonkeyPatch.context() as patched:
        if token is not None:
            patched.setenv("AWS_SESSION_TOKEN", token)
        headers = Signer(service, "eu-west-1").headers(method, HOST, path, body_hash(body), target)
    return headers["authorization"]


connection_ids = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(
    lambda text: text not in (".", "..")
)
bodies = st.binary(max_size=200)
tokens = st.none() | st.text("abcXYZ0189+/=", min_size=1)
targets = st.none() | st.sampled_from(["DynamoDB_20120810.BatchGetItem", "AmazonSQS.SendMessageBatch"])


@given(connection_ids, st.sampled_from(["POST", "DELETE"]), bodies, tokens)
def test_a_post_to_any_connection_is_signed_as_botocore_would(
    connection_id: str, method: str, body: bytes, token: str | None
) -> None:
    path = f"/dev/@connections/{escape(connection_id)}"

    assert _ours("execute-api", method, path, body, None, token) == _botocores(
        "execute-api", method, path, body, None, token
    )


@pytest.mark.parametrize("connection_id", ["NzZVMGTcDoE=", "a/b=", "a+b", "a%2Fb", "a b", "é", "-_.~", "a//b", "@:?#&"])
def test_a_connection_id_with_signs_in_it_is_signed_as_botocore_would(connection_id: str) -> None:
    path = f"/dev/@connections/{escape(connection_id)}"

    assert _ours("execute-api", "POST", path, b"{}", None, None) == _botocores(
        "execute-api", "POST", path, b"{}", None, None
    )


@given(st.sampled_from(["dynamodb", "sqs"]), bodies, targets, tokens)
def test_a_call_of_a_json_api_is_signed_as_botocore_would(
    service: str, body: bytes, target: str | None, token: str | None
) -> None:
    assert _ours(service, "POST", "/", body, target, token) == _botocores(service, "POST", "/", body, target, token)


@pytest.mark.parametrize(
    ("connection_id", "escaped"), [("a=", "a%3D"), ("a/b", "a%2Fb"), ("a+b", "a%2Bb"), ("a-_.~9", "a-_.~9")]
)
def test_a_connection_id_is_one_segment_of_the_path(connection_id: str, escaped: str) -> None:
    assert escape(connection_id) == escaped


def test_what_is_signed_is_also_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SESSION_TOKEN", "session")

    headers = Signer("sqs", "eu-west-1").headers("POST", HOST, "/", body_hash(b""), "AmazonSQS.SendMessageBatch")

    signed = headers["authorization"].partition("SignedHeaders=")[2].partition(",")[0].split(";")
    assert set(signed) - {"host"} == set(headers) - {"authorization"}
    assert headers["x-amz-security-token"] == "session"
    assert headers["content-type"] == "application/x-amz-json-1.0"


def test_new_credentials_are_taken_up_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    # given a signer that has signed
    signer = Signer("sqs", "eu-west-1")
    before = signer.headers("POST", HOST, "/", body_hash(b""))["authorization"]

    # when others count
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDOTHER")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another")
    after = signer.headers("POST", HOST, "/", body_hash(b""))["authorization"]

    # then
    assert after == Signer("sqs", "eu-west-1").headers("POST", HOST, "/", body_hash(b""))["authorization"]
    assert after.rpartition("Signature=")[2] != before.rpartition("Signature=")[2]
    assert "AKIDOTHER" in after


def test_the_key_of_yesterday_is_not_used_today(monkeypatch: pytest.MonkeyPatch) -> None:
    # given
    signer = Signer("sqs", "eu-west-1")
    signer.headers("POST", HOST, "/", body_hash(b""))

    # when
    monkeypatch.setattr(time, "gmtime", lambda: time.struct_time((2026, 11, 21, 0, 0, 0, 5, 325, 0)))

    # then
    tomorrows = signer.headers("POST", HOST, "/", body_hash(b""))
    assert tomorrows == Signer("sqs", "eu-west-1").headers("POST", HOST, "/", body_hash(b""))
    assert "/20261121/" in tomorrows["authorization"]


@pytest.mark.parametrize("name", ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
def test_missing_credentials_are_named(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.delenv(name)

    with pytest.raises(credentials.MissingCredentials, match=name):
        credentials.current()
