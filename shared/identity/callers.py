"""The person and the connection that a command comes from."""

from typing import NamedTuple

from shared.protocol.limits import LISTEN_AFTER_EXPIRY_MS


class Person(NamedTuple):
    """Whom a verified token names."""

    user_id: str
    username: str
    expires_at: int
    """When the token ends, in milliseconds since 1970."""
    groups: tuple[str, ...] = ()
    """The user pool's groups that the person is in, as of the token."""


class Caller(NamedTuple):
    """A person on one connection."""

    user_id: str
    username: str
    expires_at: int
    """When the token ends, in milliseconds since 1970."""
    connection_id: str
    groups: tuple[str, ...] = ()

    @property
    def listens_until(self) -> int:
        """When the connection loses its right to hear, in milliseconds since 1970."""
        return self.expires_at + LISTEN_AFTER_EXPIRY_MS
