"""The REQUEST authorizer of the WebSocket API: allows a handshake that brings a valid access token.

https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html
"""

import logging
from typing import Any

from shared.edge import invocation
from shared.edge.headers import access_token
from shared.identity.tokens import InvalidToken, verifier

log = logging.getLogger(__name__)


def authorize(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Allow, with the person as context, or deny (403). Raises (500) while the keys cannot be had."""
    invocation.begin_request(context, connectionId=str(event["requestContext"].get("connectionId")))
    token = access_token(event)
    if token is None:
        return _refuse(event, "no token")
    try:
        person = verifier().verify(token)
    except InvalidToken as error:
        return _refuse(event, error.rule)
    return _policy(
        event,
        "Allow",
        person.user_id,
        {
            "userId": person.user_id,
            "username": person.username,
            "expiresAt": str(person.expires_at),
            "groups": " ".join(person.groups),
        },
    )


def _refuse(event: dict[str, Any], reason: str) -> dict[str, Any]:
    log.info("handshake refused", extra={"reason": reason})
    return _policy(event, "Deny", "nobody", {})


def _policy(event: dict[str, Any], effect: str, principal: str, context: dict[str, str]) -> dict[str, Any]:
    return {
        "principalId": principal,
        "policyDocument": {
            "Version": "2012-10-17",
            "Statement": [{"Action": "execute-api:Invoke", "Effect": effect, "Resource": event["methodArn"]}],
        },
        "context": context,
    }
