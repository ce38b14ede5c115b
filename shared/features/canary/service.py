"""Sign in, connect twice, send a message on one connection and wait for it on the other.

An outage of DNS, certificates, Cognito, the authorizer or API Gateway leaves no trace in our own logs, because nothing
of ours runs. This check comes from outside, and its own alarm takes silence for a failure.
"""

import logging
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urljoin

from shared.aws import json_api
from shared.core import services
from shared.core.settings import CanarySettings, IdentitySettings
from shared.features.canary.client import Client, connected

log = logging.getLogger(__name__)

USERNAME = "canary"
ROOM_NAME = "Canary"


class CanaryFailed(Exception):
    """A step failed; the text names it."""


def check() -> dict[str, object]:
    """Figures for the log: `roundTripMs` from sending until the other connection has it. Raises CanaryFailed."""
    settings = services.current().settings(CanarySettings)
    with _step("password"):
        password = json_api.secret(settings.password_parameter)
    with _step("sign in"):
        token = _access_token(password)
    with ExitStack() as connections:
        with _step("connect"):
            sender = connections.enter_context(connected(settings.websocket_url, token))
            listener = connections.enter_context(connected(settings.websocket_url, token))
        return {"roundTripMs": _round_trip(sender, listener)}


def _round_trip(sender: Client, listener: Client) -> int:
    with _step("hello"):
        welcome = sender.ask("hello")
        listener.ask("hello")
    with _step("room"):
        known = [room["roomId"] for room in welcome["rooms"] if room["roomName"] == ROOM_NAME and room["isAdmin"]]
        room_id = known[0] if known else sender.ask("createRoom", roomName=ROOM_NAME, clientRoomId=USERNAME)["roomId"]
    message_id = str(uuid.uuid4())
    started = time.monotonic()
    with _step("send"):
        sender.ask("sendMessage", roomId=room_id, message="Is everything all right?", clientMessageId=message_id)
    with _step("push"):
        listener.wait_for(action="message", clientMessageId=message_id)
    return round((time.monotonic() - started) * 1000)


def _access_token(password: str) -> str:
    settings = services.current().settings(IdentitySettings)
    answer = json_api.call(
        urljoin(settings.jwks_url, "/"),  # Cognito serves its keys and its API at one host
        "AWSCognitoIdentityProviderService.InitiateAuth",
        {
            "ClientId": settings.client_id,
            "AuthFlow": "USER_PASSWORD_AUTH",
            "AuthParameters": {"USERNAME": USERNAME, "PASSWORD": password},
        },
    )
    token: str = answer["AuthenticationResult"]["AccessToken"]
    return token


@contextmanager
def _step(name: str) -> Iterator[None]:
    """Name the step that fails."""
    try:
        yield
    except Exception as error:
        log.warning("a step of the canary failed", extra={"step": name})
        raise CanaryFailed(name) from error
