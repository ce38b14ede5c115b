"""What the HTTP API answers: the same fields, codes and words as on the WebSocket, without an action."""

from typing import Literal

from shared.protocol.frames import WireModel
from shared.protocol.vocabulary import ErrorCode


class Health(WireModel):
    """The API and its functions answer; nothing is said about the tables."""

    status: Literal["ok"] = "ok"
    version: str


class Failure(WireModel):
    """The one shape of an error. `code` says what to do, `message` is for a person."""

    code: ErrorCode
    message: str
    retry_after_ms: int | None = None
