"""The person and the connection that a command comes from."""

from dataclasses import dataclass, field

from shared.protocol.limits import LISTEN_AFTER_EXPIRY_MS


@dataclass(frozen=True)
class Person:
    """Whom a verified token names. `expires_at`: when the token ends, in milliseconds since 1970."""

    user_id: str
    username: str
    expires_at: int
    groups: tuple[str, ...] = field(default=(), kw_only=True)
    """The user pool's groups that the person is in, as of the token."""


@dataclass(frozen=True)
class Caller(Person):
    """A person on one connection."""

    connection_id: str

    @property
    def listens_until(self) -> int:
        """When the connection loses its right to hear, in milliseconds since 1970."""
        return self.expires_at + LISTEN_AFTER_EXPIRY_MS
