"""What can go wrong for a client, one class per outcome.

ParleyError
├── BadRequest       a field is missing, malformed or out of range
│   └── TooLarge     a field or a whole frame exceeds its limit
├── UnknownAction    no such command
├── Unauthorized     the caller is not who they say they are
│   └── TokenExpired the caller's token has ended during the connection
├── Forbidden        the caller is known, and may not do this
├── NotFound         no such thing, or none that the caller may know of
├── Conflict         the thing is in a state that does not allow this
├── RateLimited      too much at once; `retry_after_ms` says when to try again
└── Internal         our fault; carries a reference that is also in the log, and nothing else

Each carries a `reason` from a closed set, for a client to put into words, and where it is about one, the `field`.
They become frames (or HTTP answers) in exactly one place: `shared.edge.errors`.
"""

from typing import Any, ClassVar

from shared.protocol.vocabulary import ErrorCode, Reason


class ParleyError(Exception):
    """Base of every error that a client is told about. `message` is written for a developer."""

    code: ClassVar[ErrorCode] = "internal"

    def __init__(self, message: str, reason: Reason, field: str | None = None) -> None:
        super().__init__(f"{field}: {message}" if field else message)
        self.reason = reason
        self.field = field

    @property
    def message(self) -> str:
        """In words: the field, where there is one, and what is wrong with it."""
        return str(self)

    def to_fields(self) -> dict[str, Any]:
        """What every edge tells the client."""
        return {"code": self.code, "reason": self.reason, "field": self.field, "message": self.message}


class BadRequest(ParleyError):
    """Names the field and what is wrong with it: `BadRequest("limit", "must be at most 100")`."""

    code: ClassVar[ErrorCode] = "badRequest"

    def __init__(self, field: str, problem: str, reason: Reason = "invalid") -> None:
        super().__init__(problem, reason, field)


class TooLarge(BadRequest):
    """As BadRequest, where the reason is size."""

    code = "tooLarge"

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(field, problem, "tooLarge")


class UnknownAction(ParleyError):
    """No command has this name."""

    code = "unknownAction"

    def __init__(self, message: str) -> None:
        super().__init__(message, "unknownAction", "action")


class Unauthorized(ParleyError):
    """The caller could not be identified."""

    code: ClassVar[ErrorCode] = "unauthorized"

    def __init__(self, message: str, reason: Reason = "invalidToken") -> None:
        super().__init__(message, reason)


class TokenExpired(Unauthorized):
    """The access token that opened the connection has ended; open a new connection."""

    code = "tokenExpired"

    def __init__(self, message: str) -> None:
        super().__init__(message, "tokenExpired")


class Forbidden(ParleyError):
    """The caller may see the thing but not do this to it."""

    code = "forbidden"


class NotFound(ParleyError):
    """Also the answer for what exists but the caller may not know of: the two must look the same."""

    code = "notFound"


class Conflict(ParleyError):
    """The present state does not allow the change; the reason says which state."""

    code = "conflict"


class RateLimited(ParleyError):
    """Try again after `retry_after_ms` milliseconds; nothing was stored.

    `disconnect`: the caller does not stop, and the edge closes their connection as well.
    """

    code = "rateLimited"

    def __init__(
        self, message: str, retry_after_ms: int, reason: Reason = "tooManyRequests", *, disconnect: bool = False
    ) -> None:
        super().__init__(message, reason)
        self.retry_after_ms = retry_after_ms
        self.disconnect = disconnect

    def to_fields(self) -> dict[str, Any]:
        """With when to try again."""
        return {**super().to_fields(), "retry_after_ms": self.retry_after_ms}


class Internal(ParleyError):
    """Unexpected. The outcome is unknown, so the client repeats the command."""

    code = "internal"

    def __init__(self, message: str) -> None:
        super().__init__(message, "internal")


def room_not_found() -> NotFound:
    """The one error for a room that does not exist and for one that the caller may not see."""
    return NotFound("there is no such room, or you are not a member of it", "roomNotFound", "roomId")
