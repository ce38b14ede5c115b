"""The forged-token table: what is refused, each by its own rule, and with nothing of the token in the log."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import example, given
from hypothesis import strategies as st

from shared.core import clock
from shared.edge import authorizer
from shared.identity.callers import Person
from shared.identity.key_set import Jwk, KeySet, KeySetUnavailable
from shared.identity.tokens import InvalidToken, TokenVerifier, verifier
from tests.unit.builders import LambdaContext, a_handshake, listen_to_everything, log_lines

ISSUER = "https://issuer.example.test/pool"
CLIENT = "app-client"
NOW_MS = 1_800_000_000_000
NOW = NOW_MS // 1000

Claims = dict[str, Any]


@cache
def pool_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def mallorys_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _json(value: Any) -> str:
    return _base64url(json.dumps(value).encode())


def _number(value: int) -> str:
    return _base64url(value.to_bytes((value.bit_length() + 7) // 8, "big"))


def a_jwk(key_id: str, key: rsa.RSAPrivateKey, **fields: Any) -> Jwk:
    numbers = key.public_key().public_numbers()
    own = {"n": _number(numbers.n), "e": _number(numbers.e)}
    return {"kid": key_id, "kty": "RSA", "alg": "RS256", "use": "sig", **own, **fields}


def the_claims(**changes: Any) -> Claims:
    """A Cognito access token's claims; a change to `...` leaves the claim out."""
    claims = {
        "sub": "5ac0a2ce-0000-4000-8000-000000000001",
        "iss": ISSUER,
        "client_id": CLIENT,
        "origin_jti": "o",
        "event_id": "e",
        "token_use": "access",
        "scope": "aws.cognito.signin.user.admin",
        "auth_time": NOW - 60,
        "exp": NOW + 3600,
        "iat": NOW - 60,
        "jti": "j",
        "username": "alice",
    } | changes
    return {name: value for name, value in claims.items() if value is not ...}


def a_token(
    claims: Any = None,
    *,
    header: dict[str, Any] | None = None,
    key: rsa.RSAPrivateKey | None = None,
) -> str:
    """Signed with RS256 by the pool's key `k1`, unless told otherwise."""
    head = {"alg": "RS256", "kid": "k1", "typ": "JWT"} | (header or {})
    head = {name: value for name, value in head.items() if value is not ...}
    signed = f"{_json(head)}.{_json(the_claims() if claims is None else claims)}"
    signature = (key or pool_key()).sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"{signed}.{_base64url(signature)}"


def _hs256(secret: bytes) -> str:
    signed = f"{_json({'alg': 'HS256', 'kid': 'k1', 'typ': 'JWT'})}.{_json(the_claims())}"
    return f"{signed}.{_base64url(hmac.digest(secret, signed.encode(), hashlib.sha256))}"


def _public_key(encoding: Encoding, form: PublicFormat = PublicFormat.SubjectPublicKeyInfo) -> bytes:
    return pool_key().public_key().public_bytes(encoding, form)


def _with_part(place: int, change: Callable[[str], str]) -> str:
    parts = a_token().split(".")
    parts[place] = change(parts[place])
    return ".".join(parts)


def a_verifier(load: Callable[[], list[Jwk]] | None = None) -> TokenVerifier:
    def keys() -> list[Jwk]:
        return [
            a_jwk("k1", pool_key()),
            a_jwk("for-encryption", pool_key(), use="enc"),
            {"kid": "elliptic", "kty": "EC", "crv": "P-256", "use": "sig", "x": "x", "y": "y"},
            {"kid": "symmetric", "kty": "oct", "use": "sig", "k": _base64url(b"known to all")},
        ]

    return TokenVerifier(ISSUER, CLIENT, KeySet(load or keys))


@pytest.fixture(autouse=True)
def _stopped_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now_ms", lambda: NOW_MS)


def test_a_right_token_names_its_person() -> None:
    assert a_verifier().verify(a_token()) == Person(the_claims()["sub"], "alice", (NOW + 3600) * 1000)


FORM = "the signature or the form is wrong"
FORGED: dict[str, tuple[Callable[[], str], str]] = {
    "alg none": (lambda: a_token(header={"alg": "none"}), "another algorithm"),
    "alg none, no signature": (
        lambda: f"{_json({'alg': 'none', 'kid': 'k1'})}.{_json(the_claims())}.",
        "another algorithm",
    ),
    "alg None": (lambda: a_token(header={"alg": "None"}), "another algorithm"),
    "no alg": (lambda: a_token(header={"alg": ...}), "another algorithm"),
    "alg null": (lambda: a_token(header={"alg": None}), "another algorithm"),
    "alg as a list": (lambda: a_token(header={"alg": ["RS256"]}), "another algorithm"),
    "alg RS512 header": (lambda: a_token(header={"alg": "RS512"}), "another algorithm"),
    "HS256 with the public key as PEM": (lambda: _hs256(_public_key(Encoding.PEM)), "another algorithm"),
    "HS256 with the public key as DER": (lambda: _hs256(_public_key(Encoding.DER)), "another algorithm"),
    "HS256 with the PKCS 1 key as DER": (
        lambda: _hs256(_public_key(Encoding.DER, PublicFormat.PKCS1)),
        "another algorithm",
    ),
    "HS256 with the modulus": (lambda: _hs256(a_jwk("k1", pool_key())["n"].encode()), "another algorithm"),
    "another key under our kid": (lambda: a_token(key=mallorys_key()), FORM),
    "the key in the header": (
        lambda: a_token(key=mallorys_key(), header={"jwk": a_jwk("k1", mallorys_key())}),
        FORM,
    ),
    "another issuer": (lambda: a_token(the_claims(iss="https://mallory.example.test/pool")), "another issuer"),
    "issuer with a slash": (lambda: a_token(the_claims(iss=ISSUER + "/")), "another issuer"),
    "no issuer": (lambda: a_token(the_claims(iss=...)), "another issuer"),
    "issuer in a list": (lambda: a_token(the_claims(iss=[ISSUER])), "another issuer"),
    "another client": (lambda: a_token(the_claims(client_id="other-client")), "another client"),
    "no client": (lambda: a_token(the_claims(client_id=...)), "another client"),
    "client as audience": (lambda: a_token(the_claims(client_id=..., aud=CLIENT)), "another client"),
    "id token": (
        lambda: a_token(
            the_claims(token_use="id", aud=CLIENT, client_id=..., username=..., **{"cognito:username": "alice"})
        ),
        "not an access token",
    ),
    "id token that names the client": (lambda: a_token(the_claims(token_use="id")), "not an access token"),
    "refresh token use": (lambda: a_token(the_claims(token_use="refresh")), "not an access token"),
    "no token_use": (lambda: a_token(the_claims(token_use=...)), "not an access token"),
    "unknown kid": (lambda: a_token(header={"kid": "k2"}), "unknown key"),
    "no kid": (lambda: a_token(header={"kid": ...}), "unknown key"),
    "kid null": (lambda: a_token(header={"kid": None}), "unknown key"),
    "kid as a list": (lambda: a_token(header={"kid": ["k1"]}), "unknown key"),
    "kid as an object": (lambda: a_token(header={"kid": {"k1": 1}}), "unknown key"),
    "empty kid": (lambda: a_token(header={"kid": ""}), "unknown key"),
    "kid of a key for encryption": (lambda: a_token(header={"kid": "for-encryption"}), "unknown key"),
    "kid of an elliptic key": (lambda: a_token(header={"kid": "elliptic"}), "unknown key"),
    "kid of a symmetric key": (lambda: a_token(header={"kid": "symmetric"}), "unknown key"),
    "jku": (
        lambda: a_token(header={"kid": "k9", "jku": "https://mallory.example.test/jwks"}, key=mallorys_key()),
        "unknown key",
    ),
    "x5u": (
        lambda: a_token(header={"x5u": "https://mallory.example.test/cert", "x5c": ["x"]}, key=mallorys_key()),
        FORM,
    ),
    "no exp": (lambda: a_token(the_claims(exp=...)), "exp is missing or no whole number"),
    "exp null": (lambda: a_token(the_claims(exp=None)), "exp is missing or no whole number"),
    "exp as a string": (lambda: a_token(the_claims(exp=str(NOW + 3600))), "exp is missing or no whole number"),
    "exp as a float": (lambda: a_token(the_claims(exp=NOW + 3600.5)), "exp is missing or no whole number"),
    "exp as infinity": (lambda: a_token(the_claims(exp=float("inf"))), "exp is missing or no whole number"),
    "exp as a bool": (lambda: a_token(the_claims(exp=True)), "exp is missing or no whole number"),
    "exp as a list": (lambda: a_token(the_claims(exp=[NOW + 3600])), "exp is missing or no whole number"),
    "expired this second": (lambda: a_token(the_claims(exp=NOW)), "expired"),
    "expired long ago": (lambda: a_token(the_claims(exp=1)), "expired"),
    "exp below zero": (lambda: a_token(the_claims(exp=-NOW * 2)), "expired"),
    "no sub": (lambda: a_token(the_claims(sub=...)), "sub is missing or malformed"),
    "empty sub": (lambda: a_token(the_claims(sub="")), "sub is missing or malformed"),
    "sub as a number": (lambda: a_token(the_claims(sub=5)), "sub is missing or malformed"),
    "sub too long": (lambda: a_token(the_claims(sub="s" * 129)), "sub is missing or malformed"),
    "no username": (lambda: a_token(the_claims(username=...)), "username is missing or malformed"),
    "username as an object": (lambda: a_token(the_claims(username={})), "username is missing or malformed"),
    "claims that are a list": (lambda: a_token([the_claims()]), FORM),
    "claims that are a string": (lambda: a_token("claims"), FORM),
    "tampered claims": (lambda: _with_part(1, lambda _part: _json(the_claims(sub="mallory"))), FORM),
    "tampered header": (lambda: _with_part(0, lambda _part: _json({"kid": "k1", "alg": "RS256"})), FORM),
    "tampered signature": (lambda: _with_part(2, lambda part: ("B" if part[0] == "A" else "A") + part[1:]), FORM),
    "signature of another token": (
        lambda: _with_part(2, lambda _part: a_token(the_claims(sub="other")).split(".")[2]),
        FORM,
    ),
    "no signature": (lambda: _with_part(2, lambda _part: ""), FORM),
    "shortened signature": (lambda: _with_part(2, lambda part: part[:-4]), FORM),
    "100 KB": (lambda: a_token(the_claims(more="x" * 75_000)), "longer than any token of ours"),
    "100 KB of signature": (lambda: a_token() + "A" * 100_000, "longer than any token of ours"),
    "deeply nested header": (lambda: f"{_base64url(b'[' * 6_000)}.e30.AAAA", "not a JWT"),
    "header that is a list": (lambda: f"{_json([])}.{_json(the_claims())}.AAAA", "not a JWT"),
    "header that is no JSON": (lambda: f"{_base64url(b'{')}.{_json(the_claims())}.AAAA", "not a JWT"),
    "header that is no UTF-8": (lambda: f"{_base64url(bytes([255]))}.{_json(the_claims())}.AAAA", "not a JWT"),
    "two parts": (lambda: a_token().rpartition(".")[0], "not a JWT"),
    "four parts": (lambda: a_token() + ".AAAA", "not a JWT"),
    "one part": (lambda: "token", "not a JWT"),
    "empty": (lambda: "", "not a JWT"),
    "dots": (lambda: "..", "not a JWT"),
    "half a character": (lambda: "\ud800.\ud800.\ud800", "not a JWT"),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_token_is_refused_by_its_rule(name: str) -> None:
    forge, reason = FORGED[name]

    with pytest.raises(InvalidToken) as refused:
        a_verifier().verify(forge())

    assert refused.value.rule == reason
    assert refused.value.message == "the access token is not valid"


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_handshake_is_denied_and_nothing_of_the_token_is_logged(
    name: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    # given
    listen_to_everything(caplog)
    monkeypatch.setattr(authorizer, "verifier", a_verifier)
    token = FORGED[name][0]()

    # when
    policy = authorizer.authorize(a_handshake({"Authorization": f"Bearer {token}"}), LambdaContext())

    # then
    assert policy["policyDocument"]["Statement"][0]["Effect"] == "Deny"
    logged = log_lines(caplog)
    assert "handshake refused" in logged
    assert not any(part in logged for part in token.split(".") if len(part) >= 5)
    assert "mallory" not in logged


@pytest.mark.parametrize(
    "changes",
    [
        {"nbf": NOW + 3600},
        {"nbf": "soon"},
        {"iat": NOW + 3600},
        {"aud": "anything"},
        {"jti": 5},
        {"at_hash": "x"},
        {"exp": NOW + 1},
        {"sub": "s" * 128, "username": "u" * 128},
        {"cognito:groups": ["admins"]},
    ],
)
def test_claims_that_cognito_does_not_promise_do_not_matter(changes: Claims) -> None:
    person = a_verifier().verify(a_token(the_claims(**changes)))

    assert person.expires_at == the_claims(**changes)["exp"] * 1000


@pytest.mark.parametrize("header", [{"jku": "https://mallory.example.test"}, {"x5u": "https://x"}, {"typ": ...}])
def test_header_fields_that_point_elsewhere_are_ignored(header: dict[str, Any]) -> None:
    assert a_verifier().verify(a_token(header=header)).username == "alice"


def test_a_token_is_measured_before_it_is_looked_at() -> None:
    # given keys that nobody may ask for
    def untouchable() -> list[Jwk]:
        raise AssertionError

    # when, then
    with pytest.raises(InvalidToken, match="not valid"):
        a_verifier(untouchable).verify("x" * 8_193)


@given(st.text(st.characters(exclude_categories=[]), max_size=300))
@example("a.b.c")
def test_garbage_is_no_token(garbage: str) -> None:
    with pytest.raises(InvalidToken):
        a_verifier().verify(garbage)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=4), st.lists, max_leaves=4), st.data())
def test_a_header_of_any_json_is_no_token(value: Any, data: st.DataObject) -> None:
    header = {data.draw(st.sampled_from(["alg", "kid", "typ", "crit"])): value}
    forged = f"{_json(header)}.{_json(the_claims())}.{_base64url(bytes(256))}"

    with pytest.raises(InvalidToken):
        a_verifier().verify(forged)


@given(st.integers(0, 2), st.data())
def test_no_character_of_a_token_can_be_exchanged(part: int, data: st.DataObject) -> None:
    # given: the last character of a part may differ in bits that base64 does not use
    pieces = a_token().split(".")
    place = data.draw(st.integers(0, len(pieces[part]) - 2))
    other = "A" if pieces[part][place] != "A" else "B"

    # when
    pieces[part] = pieces[part][:place] + other + pieces[part][place + 1 :]

    # then
    with pytest.raises(InvalidToken):
        a_verifier().verify(".".join(pieces))


def test_the_library_is_told_the_one_algorithm_too(monkeypatch: pytest.MonkeyPatch) -> None:
    # given: without it python-jose accepts HS256 under a public key in DER, whatever we have looked at before
    told: list[Any] = []

    def decode(*_arguments: Any, **options: Any) -> Claims:
        told.append(options["algorithms"])
        return the_claims()

    monkeypatch.setattr("jose.jwt.decode", decode)

    # when
    a_verifier().verify(a_token())

    # then
    assert told == [["RS256"]]


def test_the_environment_says_whose_tokens_are_accepted() -> None:
    accepted = verifier()

    assert verifier() is accepted
    assert (accepted.issuer, accepted.client_id) == (ISSUER, CLIENT)


def test_without_keys_nothing_is_decided() -> None:
    def unreachable() -> list[Jwk]:
        raise OSError

    with pytest.raises(KeySetUnavailable):
        a_verifier(unreachable).verify(a_token())


@pytest.mark.parametrize(
    ("claim", "groups"), [(None, ()), ([], ()), (["admins"], ("admins",)), (["a", "b"], ("a", "b"))]
)
def test_the_groups_of_a_person_are_known(claim: list[str] | None, groups: tuple[str, ...]) -> None:
    changes = {} if claim is None else {"cognito:groups": claim}

    assert a_verifier().verify(a_token(the_claims(**changes))).groups == groups


@pytest.mark.parametrize("claim", ["admins", [5], [""], ["two words"], {"admins": True}, None])
def test_malformed_groups_are_refused(claim: Any) -> None:
    with pytest.raises(InvalidToken) as refused:
        a_verifier().verify(a_token(the_claims(**{"cognito:groups": claim})))

    assert refused.value.rule == "cognito:groups is malformed"
