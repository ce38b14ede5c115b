"""Somebody who signs access tokens and tells the public key, as a Cognito user pool does."""

import contextlib
import json
import os
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from jose import jwk, jwt

from tools.bench.far_side import LOOPBACK

CLIENT_ID = "bench"
HOUR_SECONDS = 3600


@contextlib.contextmanager
def running() -> Iterator[str]:
    """The environment names the issuer meanwhile; a token of it."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    keys = json.dumps({"keys": [{**jwk.construct(public, "RS256").to_dict(), "kid": "k1", "use": "sig"}]}).encode()

    class _Keys(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(keys)))
            self.end_headers()
            self.wfile.write(keys)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer((LOOPBACK, 0), _Keys) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        issuer = f"http://{LOOPBACK}:{server.server_port}/pool"
        os.environ.update(PARLEY_ISSUER=issuer, PARLEY_CLIENT_ID=CLIENT_ID, PARLEY_JWKS_URL=f"{issuer}/jwks.json")
        now = int(time.time())
        claims = {"sub": "alice", "username": "alice", "iss": issuer, "client_id": CLIENT_ID, "token_use": "access"}
        yield jwt.encode({**claims, "exp": now + HOUR_SECONDS}, private, "RS256", {"kid": "k1"})
        server.shutdown()
