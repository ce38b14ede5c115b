"""How a command may fail, and whether asking again can help: errors.ts, and `retryDelay` of useWebSocket.ts."""

import random
from typing import Any

from tests.chaos.client.pace import Pace

Frame = dict[str, Any]

_FINAL = frozenset({"badRequest", "unknownAction", "forbidden", "notFound", "conflict", "tooLarge"})
_OF_THE_TOKEN = frozenset({"tokenExpired", "unauthorized"})


class Refused(Exception):
    """The server refused a command; nothing was changed by this try."""

    def __init__(self, event: Frame) -> None:
        super().__init__(f"{event['code']}: {event['message']}")
        self.code: str = event["code"]
        self.retry_after_ms: int | None = event.get("retryAfterMs")

    @property
    def is_final(self) -> bool:
        """Asking again cannot help."""
        return self.code in _FINAL

    @property
    def is_of_the_token(self) -> bool:
        """A new connection with a new token helps."""
        return self.code in _OF_THE_TOKEN


class OutcomeUnknown(Exception):
    """No answer, or none that says whether the command was carried out."""


def retry_delay(error: Refused | OutcomeUnknown, attempt: int, pace: Pace, rng: random.Random) -> float | None:
    """Seconds to wait before asking again; None where that cannot help."""
    if isinstance(error, OutcomeUnknown):
        return pace.backoff(attempt, rng)
    if error.code == "rateLimited":
        return error.retry_after_ms / 1000 if error.retry_after_ms is not None else pace.backoff(attempt + 1, rng)
    if error.is_of_the_token:
        return pace.backoff(attempt + 2, rng)
    return None
