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

They become frames (or HTTP answers) in exactly one place: `shared.runtime`.
"""

from typing import ClassVar


class ParleyError(Exception):
    """Base of every error that a client is told about. `message` is written for a person."""

    code: ClassVar[str] = "internal"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class BadRequest(ParleyError):
    """Names the field and what is wrong with it: `BadRequest("limit", "must be at most 100")`."""

    code = "badRequest"

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field


class TooLarge(BadRequest):
    """As BadRequest, where the reason is size."""

    code = "tooLarge"


class UnknownAction(ParleyError):
    """No command has this name."""

    code = "unknownAction"


class Unauthorized(ParleyError):
    """The caller could not be identified."""

    code = "unauthorized"


class TokenExpired(Unauthorized):
    """The access token that opened the connection has ended; open a new connection."""

    code = "tokenExpired"


class Forbidden(ParleyError):
    """The caller may see the thing but not do this to it."""

    code = "forbidden"


class NotFound(ParleyError):
    """Also the answer for what exists but the caller may not know of: the two must look the same."""

    code = "notFound"


class Conflict(ParleyError):
    """The present state does not allow the change; the message says which state."""

    code = "conflict"


class RateLimited(ParleyError):
    """Try again after `retry_after_ms` milliseconds; nothing was stored."""

    code = "rateLimited"

    def __init__(self, message: str, retry_after_ms: int) -> None:
        super().__init__(message)
        self.retry_after_ms = retry_after_ms


class Internal(ParleyError):
    """Unexpected. The outcome is unknown, so the client repeats the command."""

    code = "internal"


def room_not_found() -> NotFound:
    """The one wording for a room that is not there and for one that the caller may not see."""
    return NotFound("roomId: there is no such room, or you are not a member of it")
