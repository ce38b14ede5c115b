"""AWS Signature Version 4, for the requests that Parley makes: a short fixed set of headers, no query string.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html

The signing key is derived once a day and kept. A body that goes to many connections is hashed once.
"""

import hashlib
import hmac
import time
from urllib.parse import quote

from shared.aws import credentials
from shared.aws.credentials import Credentials

UNRESERVED = "-_.~"
"""What SigV4 leaves unescaped beside letters and digits."""


def body_hash(body: bytes) -> str:
    """The hex SHA-256 of a request body."""
    return hashlib.sha256(body).hexdigest()


def escape(segment: str) -> str:
    """A path segment as it goes on the wire: a connectionId may hold `=`, `/` or `+`."""
    return quote(segment, safe=UNRESERVED)


class Signer:
    """Signs requests of one service in one region. Safe to share between threads."""

    def __init__(self, service: str, region: str) -> None:
        self._service = service
        self._region = region
        self._key: tuple[str, str, bytes] = ("", "", b"")

    def headers(
        self,
        method: str,
        host: str,
        path: str,
        payload_hash: str,
        target: str | None = None,
        content_type: str = "application/x-amz-json-1.0",
    ) -> dict[str, str]:
        """The headers that authenticate one request, made now.

        `path` is as it goes on the wire (escaped once); SigV4 signs it escaped once more, as every service but S3 does.
        `target` is the `X-Amz-Target` of a JSON API, with which goes the content type.
        """
        caller = credentials.current()
        moment = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
        day = moment[:8]
        signed = {"host": host, "x-amz-date": moment}
        if caller.session_token:
            signed["x-amz-security-token"] = caller.session_token
        if target:
            signed["content-type"] = content_type
            signed["x-amz-target"] = target
        names = sorted(signed)
        signed_names = ";".join(names)
        request = "\n".join(
            (
                method,
                quote(path, safe="/" + UNRESERVED),
                "",
                *(f"{name}:{signed[name]}" for name in names),
                "",
                signed_names,
                payload_hash,
            )
        )
        scope = f"{day}/{self._region}/{self._service}/aws4_request"
        to_sign = f"AWS4-HMAC-SHA256\n{moment}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
        signature = hmac.digest(self._signing_key(caller, day), to_sign.encode(), "sha256").hex()
        del signed["host"]
        signed["authorization"] = (
            f"AWS4-HMAC-SHA256 Credential={caller.access_key}/{scope}, "
            f"SignedHeaders={signed_names}, Signature={signature}"
        )
        return signed

    def _signing_key(self, caller: Credentials, day: str) -> bytes:
        known_secret, known_day, key = self._key
        if known_secret == caller.secret_key and known_day == day:
            return key
        key = ("AWS4" + caller.secret_key).encode()
        for part in (day, self._region, self._service, "aws4_request"):
            key = hmac.digest(key, part.encode(), "sha256")
        self._key = (caller.secret_key, day, key)
        return key
