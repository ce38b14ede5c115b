"""Who gets in: nobody without a valid access token of this pool's client, and nothing of a token is logged."""

import base64
import hashlib
import hmac
import json
import time
import urllib.request
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jose import jwk, jwt

from shared.protocol.limits import SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX
from tests.e2e.client import Door
from tests.e2e.people import Deployment, Person

pytestmark = [pytest.mark.anyio, pytest.mark.e2e]


def _encoded(part: bytes | dict[str, Any]) -> str:
    raw = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decoded(part: str) -> dict[str, Any]:
    fields: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return fields


def _pool_key(deployment: Deployment, issuer: str, key_id: str) -> bytes:
    """The pool's public key as PEM, as anybody can fetch it."""
    pool = f"{deployment.cognito_endpoint}/{deployment.user_pool_id}" if deployment.cognito_endpoint else issuer
    with urllib.request.urlopen(f"{pool}/.well-known/jwks.json") as answer:
        keys = json.load(answer)["keys"]
    pem: bytes = jwk.construct(next(key for key in keys if key["kid"] == key_id), "RS256").to_pem()
    return pem


def _forgeries(person: Person, deployment: Deployment) -> dict[str, str]:
    header, claims, signature = person.access_token.split(".")
    known, payload = _decoded(header), _decoded(claims)
    own_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = own_key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    public_pem = _pool_key(deployment, payload["iss"], known["kid"])
    public_der = serialization.load_pem_public_key(public_pem).public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )

    def signed(changes: dict[str, Any], **headers: Any) -> str:
        fields = {name: value for name, value in {**payload, **changes}.items() if value is not None}
        return jwt.encode(fields, pem, algorithm="RS256", headers={"kid": known["kid"], **headers})

    def by_hmac(key: bytes) -> str:
        text = f"{_encoded({'alg': 'HS256', 'kid': known['kid']})}.{claims}"
        return f"{text}.{_encoded(hmac.digest(key, text.encode(), hashlib.sha256))}"

    return {
        "alg none": f"{_encoded({'alg': 'none', 'kid': known['kid']})}.{claims}.",
        "alg none, signature kept": f"{_encoded({'alg': 'none', 'kid': known['kid']})}.{claims}.{signature}",
        "HS256 with the public key": by_hmac(public_pem),
        "HS256 with the public key as DER": by_hmac(public_der),
        "another key under the known kid": signed({}),
        "another issuer": signed({"iss": "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Other"}),
        "another client": signed({"client_id": "somebodyelse"}),
        "unknown kid": signed({}, kid="no-such-key"),
        "no exp": signed({"exp": None}),
        "expired": signed({"exp": int(time.time()) - 60}),
        "key from the header": signed({}, jku="http://127.0.0.1:1/keys", x5u="http://127.0.0.1:1/cert"),
        "changed claims": f"{header}.{_encoded({**payload, 'sub': 'somebody-else'})}.{signature}",
        "id token": person.id_token,
        "100 KB": person.access_token + "A" * 100_000,
        "9 KB": person.access_token + "A" * 9_000,
        "no JWT": "open-sesame",
        "empty": "",
    }


async def _answer(door: Door, person: Person, way: dict[str, Any]) -> int | str:
    """The status of a handshake."""
    try:
        await door.open_with(person, **way)
    except aiohttp.WSServerHandshakeError as refused:
        return refused.status
    except (aiohttp.ClientError, ConnectionError):
        return "cut off"
    return 101


async def test_no_forged_token_opens_a_connection(door: Door, stack_log: Path) -> None:
    person = door.deployment.person("ann")
    forgeries = _forgeries(person, door.deployment)

    answers: dict[str, int | str] = {}
    for name, token in forgeries.items():
        ways: list[dict[str, Any]] = [
            {"protocols": (SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX + token)},
            {"headers": {"Authorization": f"Bearer {token}"}},
        ]
        for way in ways:
            answers[name] = await _answer(door, person, way)

    too_long_for_a_header = {name for name in forgeries if "100 KB" in name}
    for name, answer in answers.items():
        assert answer in ((400, 401, 403, 431, "cut off") if name in too_long_for_a_header else (401, 403)), name
    log = stack_log.read_text() if stack_log.exists() else ""
    for token in forgeries.values():
        for part in token.split("."):
            assert len(part) < 12 or part not in log


async def test_no_token_at_all(door: Door) -> None:
    person = door.deployment.person("ann")

    for way in ({}, {"protocols": (SUBPROTOCOL,)}, {"headers": {"Authorization": "Basic YTpi"}}):
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await door.open_with(person, **way)
        assert refused.value.status in (401, 403)


async def test_a_token_in_the_url_is_not_looked_at(door: Door) -> None:
    person = door.deployment.person("ann")
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(f"{door.deployment.websocket_url}?token={person.access_token}")

    assert refused.value.status in (401, 403)


async def test_the_genuine_token_does(door: Door) -> None:
    person = door.deployment.person("ann")

    client = await door.open(person)

    assert (await client.ask("hello"))["userId"] == person.user_id
