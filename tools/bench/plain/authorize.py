"""The authorizer of the WebSocket API."""

import json
import os
import urllib.request
from typing import Any

from jose import jwt

from tools.bench.plain.edge import Event, logged

ISSUER = os.environ["PARLEY_ISSUER"]
CLIENT_ID = os.environ["PARLEY_CLIENT_ID"]

with urllib.request.urlopen(os.environ["PARLEY_JWKS_URL"], timeout=5) as answer:
    KEYS = {key["kid"]: key for key in json.load(answer)["keys"]}


def handler(event: Event, _context: Any) -> Event:
    """Allow who brings a valid token."""
    _, _, token = event["headers"]["Authorization"].partition(" ")
    key = KEYS[jwt.get_unverified_header(token)["kid"]]
    claims = jwt.decode(token, key, algorithms=["RS256"], issuer=ISSUER, options={"verify_aud": False})
    if claims["token_use"] != "access" or claims["client_id"] != CLIENT_ID:
        raise PermissionError
    logged()
    return {
        "principalId": claims["sub"],
        "policyDocument": {
            "Version": "2012-10-17",
            "Statement": [{"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": event["methodArn"]}],
        },
        "context": {
            "userId": claims["sub"],
            "username": claims["username"],
            "expiresAt": str(claims["exp"] * 1000),
            "groups": " ".join(claims.get("cognito:groups", [])),
        },
    }
