"""The user pool's public keys, cached, and fetched again at a limited rate when a token names an unknown one."""

import json
import logging
import threading
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from shared.aws import budgets, deadline
from shared.aws.http_channel import HTTP_ERRORS, Endpoint

log = logging.getLogger(__name__)

Jwk = dict[str, Any]

MIN_REFETCH_SECONDS = 30.0
"""Between two fetches: anybody can name an unknown key, and the answer must not be a flood towards Cognito."""

MIN_RETRY_SECONDS = 2.0
"""Between two fetches while there are no keys at all, so that handshakes fail fast instead of queueing up."""

MAX_AGE_SECONDS = 6 * 60 * 60.0
MAX_BYTES = 64 * 1024


class KeySetUnavailable(Exception):
    """The keys could not be fetched, and none are cached: no token can be verified now."""


def fetch(url: str) -> list[Jwk]:
    """The keys at a JWKS URL. Raises one of HTTP_ERRORS, or ValueError for what is no key set."""
    endpoint = Endpoint(url)
    connection = endpoint.open(deadline.timeout(budgets.CALL))
    try:
        connection.request("GET", endpoint.base_path)
        answer = connection.receive()
    finally:
        connection.close()
    if answer.status != HTTPStatus.OK:
        raise ValueError(f"answered {answer.status}")
    if len(answer.body) > MAX_BYTES:
        raise ValueError("is larger than any key set")
    keys = json.loads(answer.body).get("keys")
    if not isinstance(keys, list):
        raise ValueError("has no list of keys")  # noqa: TRY004
    return [key for key in keys if isinstance(key, dict)]


class KeySet:
    """Keys by their id. `load` fetches them, `now` is a monotonic clock in seconds."""

    def __init__(self, load: Callable[[], list[Jwk]], now: Callable[[], float] = time.monotonic) -> None:
        self._load = load
        self._now = now
        self._keys: dict[str, Jwk] = {}
        self._loaded_at: float | None = None
        self._tried_at: float | None = None
        self._refreshing = threading.Lock()

    def get(self, key_id: str) -> Jwk | None:
        """The RSA signing key of that id, or None. Raises KeySetUnavailable while nothing has ever been fetched."""
        if self._lacks(key_id):
            # The local stack verifies in several threads: the others wait for the one fetch.
            with self._refreshing:
                if self._lacks(key_id):
                    self._refresh()
        if self._loaded_at is None:
            raise KeySetUnavailable
        return self._keys.get(key_id)

    def _lacks(self, key_id: str) -> bool:
        is_old = self._loaded_at is None or self._now() - self._loaded_at > MAX_AGE_SECONDS
        return is_old or key_id not in self._keys

    def _refresh(self) -> None:
        wait = MIN_RETRY_SECONDS if self._loaded_at is None else MIN_REFETCH_SECONDS
        if self._tried_at is not None and self._now() - self._tried_at < wait:
            return
        try:
            keys = {key["kid"]: key for key in self._load() if _signs(key)}
            if not keys:
                raise ValueError("holds no key that could sign")  # noqa: TRY301
        except (ValueError, AttributeError, *HTTP_ERRORS) as error:
            # The keys of before stay: an empty answer is no better than none.
            log.warning("the key set could not be fetched", extra={"reason": type(error).__name__})
        else:
            self._keys = keys
            self._loaded_at = self._now()
        # Only now: those who waited for this attempt must not each make one of their own.
        self._tried_at = self._now()


def _signs(key: Jwk) -> bool:
    is_complete = all(isinstance(key.get(part), str) and key[part] for part in ("kid", "n", "e"))
    return is_complete and key.get("kty") == "RSA" and key.get("use", "sig") == "sig"
