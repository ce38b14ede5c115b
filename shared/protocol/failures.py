"""How an error looks on each of the two APIs: loaded when the first one is answered, so that functions start sooner."""

from typing import Literal

from shared.protocol.base import Event, WireModel
from shared.protocol.vocabulary import ErrorCode, Reason


class Error(Event):
    """The command was not carried out, or, for `internal`, its outcome is unknown."""

    action: Literal["error"] = "error"
    code: ErrorCode
    reason: Reason
    field: str | None = None
    message: str
    retry_after_ms: int | None = None


class Failure(WireModel):
    """The one shape of an error. `code` says what to do, `message` is for a person."""

    code: ErrorCode
    reason: Reason
    field: str | None = None
    message: str
    retry_after_ms: int | None = None
