"""Who is let in, and what is said of those who are not."""

from typing import Any

import pytest

from shared.edge import authorizer
from shared.edge.authorizer import authorize
from shared.edge.websocket_event import caller_of
from shared.identity.callers import Person
from shared.identity.key_set import KeySetUnavailable
from shared.identity.tokens import InvalidToken
from tests.unit.builders import METHOD_ARN, LambdaContext, a_frame_event, a_handshake, listen_to_everything, log_lines

ALICE = Person("u-alice", "alice", 1_800_000_000_000, groups=("admins", "staff"))
TOKEN = "header.claims.signature"


class Verifier:
    """Accepts one token; refuses, or breaks, for every other one."""

    def __init__(self, otherwise: Exception) -> None:
        self._otherwise = otherwise

    def verify(self, token: str) -> Person:
        if token != TOKEN:
            raise self._otherwise
        return ALICE


def _verify_with(monkeypatch: pytest.MonkeyPatch, otherwise: Exception) -> None:
    monkeypatch.setattr(authorizer, "verifier", lambda: Verifier(otherwise))


def statement(policy: dict[str, Any]) -> dict[str, Any]:
    (only,) = policy["policyDocument"]["Statement"]
    assert isinstance(only, dict)
    return only


@pytest.mark.parametrize(
    "headers", [{"sec-websocket-protocol": f"parley.v1, bearer.{TOKEN}"}, {"Authorization": f"Bearer {TOKEN}"}]
)
def test_a_valid_token_is_let_in_and_named(monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]) -> None:
    _verify_with(monkeypatch, InvalidToken("expired"))

    policy = authorize(a_handshake(headers), LambdaContext())

    assert policy == {
        "principalId": "u-alice",
        "policyDocument": {
            "Version": "2012-10-17",
            "Statement": [{"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": METHOD_ARN}],
        },
        "context": {"userId": "u-alice", "username": "alice", "expiresAt": "1800000000000", "groups": "admins staff"},
    }


def test_what_the_authorizer_says_is_what_the_routes_understand(monkeypatch: pytest.MonkeyPatch) -> None:
    # given
    _verify_with(monkeypatch, InvalidToken("expired"))
    policy = authorize(a_handshake({"Authorization": f"Bearer {TOKEN}"}), LambdaContext())

    # when API Gateway repeats the context
    event = a_frame_event("{}")
    event["requestContext"]["authorizer"] = {"principalId": policy["principalId"], **policy["context"]}
    caller = caller_of(event)

    # then
    assert (caller.user_id, caller.username, caller.expires_at) == ("u-alice", "alice", 1_800_000_000_000)


@pytest.mark.parametrize(
    "headers",
    [
        None,
        {},
        {"Sec-WebSocket-Protocol": "parley.v1"},
        {"Sec-WebSocket-Protocol": "parley.v1, bearer."},
        {"Authorization": "Basic dDp0"},
        {"Authorization": "Bearer another.one.here"},
    ],
)
def test_everybody_else_is_denied(monkeypatch: pytest.MonkeyPatch, headers: dict[str, str] | None) -> None:
    _verify_with(monkeypatch, InvalidToken("expired"))

    policy = authorize(a_handshake(headers), LambdaContext())

    assert statement(policy) == {"Action": "execute-api:Invoke", "Effect": "Deny", "Resource": METHOD_ARN}
    assert policy["context"] == {}


def test_a_token_in_the_url_lets_nobody_in(monkeypatch: pytest.MonkeyPatch) -> None:
    _verify_with(monkeypatch, InvalidToken("expired"))

    policy = authorize(a_handshake({}, query={"token": TOKEN, "Authorization": f"Bearer {TOKEN}"}), LambdaContext())

    assert statement(policy)["Effect"] == "Deny"


def test_a_refusal_logs_the_rule_and_nothing_of_the_token(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    listen_to_everything(caplog)
    _verify_with(monkeypatch, InvalidToken("another issuer"))

    authorize(a_handshake({"Authorization": "Bearer forged.by.mallory"}), LambdaContext())

    assert "another issuer" in log_lines(caplog)
    assert not any(part in log_lines(caplog) for part in ("forged", "mallory"))


def test_while_no_keys_can_be_had_the_handshake_fails_rather_than_denies(monkeypatch: pytest.MonkeyPatch) -> None:
    _verify_with(monkeypatch, KeySetUnavailable())

    with pytest.raises(KeySetUnavailable):
        authorize(a_handshake({"Authorization": "Bearer a.b.c"}), LambdaContext())
