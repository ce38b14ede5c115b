"""Verifying a Cognito access token.

https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html

python-jose verifies the signature, with the one algorithm and the one key that we name. Every claim is checked here,
one by one: the library takes a missing `exp` or `aud` for a valid one.
"""

from dataclasses import dataclass
from typing import Any

from jose import jwt
from jose.exceptions import JOSEError

from shared.core import clock, services
from shared.core.errors import Unauthorized
from shared.core.services import Services
from shared.core.settings import IdentitySettings
from shared.identity.callers import Person
from shared.identity.key_set import KeySet, fetch
from shared.protocol import limits

ALGORITHM = "RS256"
_CHECKED_HERE = {
    "verify_aud": False,
    "verify_iat": False,
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iss": False,
    "verify_sub": False,
    "verify_jti": False,
    "verify_at_hash": False,
}


class InvalidToken(Unauthorized):
    """The token is refused. `rule` is for the log: it names what the token breaks, never a part of the token."""

    def __init__(self, rule: str) -> None:
        super().__init__("the access token is not valid")
        self.rule = rule


@dataclass(frozen=True)
class TokenVerifier:
    """Accepts the access tokens of one user pool client."""

    issuer: str
    client_id: str
    keys: KeySet

    def verify(self, token: str) -> Person:
        """Whom the token names. Raises InvalidToken; KeySetUnavailable while there are no keys to verify with."""
        claims = self._signed_claims(token)
        expires_at = _seconds(claims, "exp") * 1000
        _require(expires_at > clock.now_ms(), "expired")
        _require(claims.get("iss") == self.issuer, "another issuer")
        _require(claims.get("token_use") == "access", "not an access token")
        _require(claims.get("client_id") == self.client_id, "another client")
        return Person(_name(claims, "sub"), _name(claims, "username"), expires_at, groups=_groups(claims))

    def _signed_claims(self, token: str) -> dict[str, Any]:
        _require(len(token) <= limits.MAX_TOKEN_CHARACTERS, "longer than any token of ours")
        try:
            header = jwt.get_unverified_header(token)
        except JOSEError:
            raise InvalidToken("not a JWT") from None
        _require(header.get("alg") == ALGORITHM, "another algorithm")
        key_id = header.get("kid")
        key = self.keys.get(key_id) if isinstance(key_id, str) else None
        if key is None:
            raise InvalidToken("unknown key")
        try:
            return jwt.decode(token, key, algorithms=[ALGORITHM], options=_CHECKED_HERE)
        except JOSEError:
            raise InvalidToken("the signature or the form is wrong") from None


def _require(holds: bool, rule: str) -> None:
    if not holds:
        raise InvalidToken(rule)


def _seconds(claims: dict[str, Any], claim: str) -> int:
    value = claims.get(claim)
    if not isinstance(value, int) or isinstance(value, bool):
        raise InvalidToken(f"{claim} is missing or no whole number")
    return value


def _name(claims: dict[str, Any], claim: str) -> str:
    value = claims.get(claim)
    if not isinstance(value, str) or not 0 < len(value) <= limits.MAX_ID_CHARACTERS:
        raise InvalidToken(f"{claim} is missing or malformed")
    return value


def _groups(claims: dict[str, Any]) -> tuple[str, ...]:
    """Cognito leaves the claim out where there are none. Names of groups hold no spaces.

    https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateGroup.html
    """
    value = claims.get("cognito:groups", [])
    if not isinstance(value, list) or not all(isinstance(name, str) and name and " " not in name for name in value):
        raise InvalidToken("cognito:groups is malformed")
    return tuple(value)


def build_verifier(services: Services) -> TokenVerifier:
    """Build the verifier that the environment describes; it caches the keys."""
    identity = services.settings(IdentitySettings)
    return TokenVerifier(identity.issuer, identity.client_id, KeySet(lambda: fetch(identity.jwks_url)))


def verifier() -> TokenVerifier:
    """The verifier of this process."""
    return services.current().get(build_verifier)
