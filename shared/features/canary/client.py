"""One connection to the WebSocket API, from outside."""

import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pydantic_core import from_json, to_json
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from shared.aws import deadline
from shared.aws.http_channel import tls
from shared.protocol.limits import SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX

STEP_SECONDS = 10.0
"""A member who waits longer than that takes the chat for broken."""

_silent = logging.Logger("websockets", logging.CRITICAL + 1)
"""At level DEBUG the library logs headers, and one of them has the token."""

Frame = dict[str, Any]


class Refused(Exception):
    """A command was answered by an error; the text is its code and reason."""


class Client:
    """A connection that is open."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection

    def ask(self, action: str, **fields: Any) -> Frame:
        """Send a command and return its reply. Raises Refused or TimeoutError, or one of the library's exceptions."""
        request_id = str(uuid.uuid4())
        self._connection.send(to_json({"action": action, "requestId": request_id, **fields}).decode())
        reply = self.wait_for(requestId=request_id)
        if reply["action"] == "error":
            raise Refused(f"{reply['code']} {reply.get('reason')}")
        return reply

    def wait_for(self, **fields: Any) -> Frame:
        """The next frame with these fields; others are passed over. Raises TimeoutError."""
        while True:
            frame: Frame = from_json(self._connection.recv(deadline.timeout(STEP_SECONDS)))
            if fields.items() <= frame.items():
                return frame


@contextmanager
def connected(url: str, token: str) -> Iterator[Client]:
    """Open a connection, and close it afterwards. Raises OSError, or one of the library's exceptions."""
    connection = connect(
        url,
        ssl=tls(url),
        subprotocols=[Subprotocol(SUBPROTOCOL), Subprotocol(TOKEN_SUBPROTOCOL_PREFIX + token)],
        compression=None,
        proxy=None,
        open_timeout=deadline.timeout(STEP_SECONDS),
        ping_interval=None,
        close_timeout=1,
        logger=_silent,
    )
    with connection as opened:
        yield Client(opened)
