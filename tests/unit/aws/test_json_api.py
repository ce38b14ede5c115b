"""Calls of services with a JSON API: what goes out, and what a failure tells."""

import json

import pytest

from shared.aws import json_api
from shared.aws.json_api import CallFailed
from tests.unit.fake_http import Answer, FakeHost


def test_a_secret_is_read_with_a_signature(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = Answer(body=json.dumps({"Parameter": {"Value": "xyzzy"}}).encode())
    host = FakeHost(lambda _sent: answer).plug_in(monkeypatch)

    assert json_api.secret("/parley-dev/canary-password") == "xyzzy"

    (sent,) = host.taken
    assert json.loads(sent.body) == {"Name": "/parley-dev/canary-password", "WithDecryption": True}
    assert sent.headers["x-amz-target"] == "AmazonSSM.GetParameter"
    assert sent.headers["content-type"] == "application/x-amz-json-1.1"
    assert "/ssm/aws4_request" in sent.headers["authorization"]


def test_a_call_without_a_signer_is_not_signed(monkeypatch: pytest.MonkeyPatch) -> None:
    host = FakeHost(lambda _sent: Answer(body=b"{}")).plug_in(monkeypatch)

    assert json_api.call("https://cognito.example.test/", "Service.InitiateAuth", {}) == {}

    assert "authorization" not in host.taken[0].headers


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            Answer(400, b'{"__type": "com.aws#NotAuthorizedException", "message": "xyzzy"}'),
            "400 NotAuthorizedException",
        ),
        (Answer(500, b"<html>xyzzy</html>"), "ValueError"),
        (Answer(200, b"xyzzy"), "ValueError"),
    ],
)
def test_a_failure_tells_status_and_code_and_nothing_of_the_body(
    monkeypatch: pytest.MonkeyPatch, answer: Answer, said: str
) -> None:
    FakeHost(lambda _sent: answer).plug_in(monkeypatch)

    with pytest.raises(CallFailed) as failed:
        json_api.call("https://ssm.example.test", "AmazonSSM.GetParameter", {})

    assert str(failed.value) == f"AmazonSSM.GetParameter: {said}"
