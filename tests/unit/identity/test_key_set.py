"""The pool's keys: cached, fetched again at a limited rate, and kept while they cannot be fetched."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from shared.identity import key_set
from shared.identity.key_set import Jwk, KeySet, KeySetUnavailable, fetch
from tests.unit.builders import listen_to_everything, log_lines
from tests.unit.fake_http import Answer, FakeHost

URL = "https://issuer.example.test/pool/.well-known/jwks.json"


def a_key(key_id: Any, **fields: Any) -> Jwk:
    return {"kid": key_id, "kty": "RSA", "use": "sig", "n": "n", "e": "AQAB", **fields}


class Pool:
    """Whose keys are asked for, at a time that the test says."""

    def __init__(self, *key_ids: str) -> None:
        self.keys = [a_key(key_id) for key_id in key_ids]
        self.fault: Exception | None = None
        self.fetches = 0
        self.seconds = 1_000.0
        self.key_set = KeySet(self._load, now=lambda: self.seconds)

    def _load(self) -> list[Jwk]:
        self.fetches += 1
        if self.fault is not None:
            raise self.fault
        return self.keys


def test_keys_are_fetched_once_and_kept() -> None:
    pool = Pool("k1", "k2")

    assert pool.key_set.get("k1") == a_key("k1")
    pool.seconds += key_set.MAX_AGE_SECONDS
    assert pool.key_set.get("k2") == a_key("k2")
    assert pool.fetches == 1


def test_who_asks_while_they_are_being_fetched_gets_them_too() -> None:
    # given two threads, the second of which asks during the first one's fetch
    fetching, go_on = threading.Event(), threading.Event()
    fetches = []

    def load() -> list[Jwk]:
        fetches.append("fetch")
        fetching.set()
        assert go_on.wait(10)
        return [a_key("k1")]

    keys = KeySet(load)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(keys.get, "k1")
        assert fetching.wait(10)
        second = threads.submit(keys.get, "k1")

        # when
        assert not second.done()
        go_on.set()

        # then
        assert first.result(10) == second.result(10) == a_key("k1")
        assert fetches == ["fetch"]


def test_nothing_is_fetched_before_a_key_is_asked_for() -> None:
    assert Pool("k1").fetches == 0


def test_an_unknown_key_has_them_fetched_again() -> None:
    # given
    pool = Pool("k1")
    pool.key_set.get("k1")

    # when the pool rotates its keys
    pool.keys = [a_key("k2")]
    pool.seconds += key_set.MIN_REFETCH_SECONDS

    # then
    assert pool.key_set.get("k2") == a_key("k2")
    assert pool.key_set.get("k1") is None


def test_unknown_keys_are_no_flood_towards_the_pool() -> None:
    # given
    pool = Pool("k1")
    pool.key_set.get("k1")

    # when somebody names a new key every second for a minute
    for second in range(60):
        pool.seconds = 1_000.0 + second
        assert pool.key_set.get(f"forged-{second}") is None

    # then
    assert pool.fetches == 2


def test_failed_fetches_count_towards_the_rate() -> None:
    # given
    pool = Pool("k1")
    pool.key_set.get("k1")
    pool.fault = OSError()

    # when
    for second in range(60):
        pool.seconds = 1_000.0 + second
        assert pool.key_set.get("k2") is None

    # then
    assert pool.fetches == 2


def test_a_known_key_is_good_while_unknown_ones_are_asked_for() -> None:
    pool = Pool("k1")

    assert pool.key_set.get("forged") is None
    assert pool.key_set.get("k1") == a_key("k1")
    assert pool.fetches == 1


def test_old_keys_are_replaced() -> None:
    # given
    pool = Pool("k1")
    pool.key_set.get("k1")
    pool.keys = [a_key("k1", n="new")]

    # when
    pool.seconds += key_set.MAX_AGE_SECONDS + 1

    # then
    assert pool.key_set.get("k1") == a_key("k1", n="new")


@pytest.mark.parametrize("fault", [OSError(), TimeoutError(), ValueError("answered 500"), AttributeError()])
def test_known_keys_are_good_while_the_pool_cannot_be_reached(fault: Exception) -> None:
    # given
    pool = Pool("k1")
    pool.key_set.get("k1")
    pool.fault = fault

    # when
    pool.seconds += key_set.MAX_AGE_SECONDS + 1

    # then
    assert pool.key_set.get("k1") == a_key("k1")
    assert pool.fetches == 2


def test_while_none_were_ever_fetched_nothing_can_be_said() -> None:
    # given
    pool = Pool("k1")
    pool.fault = OSError()

    with pytest.raises(KeySetUnavailable):
        pool.key_set.get("k1")

    # when it can be reached again
    pool.fault = None

    # then handshakes fail fast for a moment, and work after it
    with pytest.raises(KeySetUnavailable):
        pool.key_set.get("k1")
    pool.seconds += key_set.MIN_RETRY_SECONDS
    assert pool.key_set.get("k1") == a_key("k1")


def test_a_failed_fetch_is_logged_by_its_type_only(caplog: pytest.LogCaptureFixture) -> None:
    listen_to_everything(caplog)
    pool = Pool("k1")
    pool.fault = ValueError("a word between us")

    with pytest.raises(KeySetUnavailable):
        pool.key_set.get("k1")

    assert "ValueError" in log_lines(caplog)
    assert "a word between us" not in log_lines(caplog)


@pytest.mark.parametrize(
    "unfit",
    [
        a_key("k", kty="EC"),
        a_key("k", kty="oct", k="c2VjcmV0"),
        a_key("k", use="enc"),
        {"kid": "k"},
        a_key(5),
        a_key(None),
        {"kty": "RSA", "use": "sig"},
    ],
)
def test_only_rsa_keys_for_signing_count(unfit: Jwk) -> None:
    pool = Pool("k1")
    pool.keys.append(unfit)

    assert pool.key_set.get("k") is None
    assert pool.key_set.get("k1") == a_key("k1")


def test_a_key_that_does_not_say_its_use_may_sign() -> None:
    pool = Pool()
    pool.keys = [{"kid": "k", "kty": "RSA", "n": "n", "e": "AQAB"}]

    assert pool.key_set.get("k") == pool.keys[0]


@pytest.mark.parametrize("part", ["kid", "n", "e"])
@pytest.mark.parametrize("value", [None, "", 5])
def test_an_incomplete_key_is_no_key(part: str, value: Any) -> None:
    pool = Pool("k1")
    pool.keys.append(a_key("k2") | {part: value})

    assert pool.key_set.get("k2") is None
    assert pool.key_set.get("k1") == a_key("k1")


@pytest.mark.parametrize("keys", [[], [{"kid": "k1", "kty": "RSA"}], [a_key("k9", use="enc")]])
def test_an_answer_without_a_usable_key_replaces_no_good_ones(keys: list[Jwk]) -> None:
    pool = Pool("k1")
    assert pool.key_set.get("k1") == a_key("k1")
    pool.keys = keys
    pool.seconds += key_set.MAX_AGE_SECONDS + 1

    assert pool.key_set.get("k1") == a_key("k1")
    assert pool.fetches == 2


def test_those_who_waited_for_a_fetch_that_failed_do_not_each_make_another() -> None:
    # given a pool that takes five seconds to fail, and five handshakes at once
    pool = Pool()

    def fails_slowly() -> list[Jwk]:
        pool.fetches += 1
        pool.seconds += 5
        raise TimeoutError

    keys = KeySet(fails_slowly, now=lambda: pool.seconds)
    for _ in range(5):
        with pytest.raises(KeySetUnavailable):
            keys.get("k1")

    assert pool.fetches == 1


def test_an_answer_that_is_too_large_is_no_key_set(monkeypatch: pytest.MonkeyPatch) -> None:
    FakeHost([Answer(body=b" " * (key_set.MAX_BYTES + 1))]).plug_in(monkeypatch)

    with pytest.raises(ValueError, match="larger"):
        fetch(URL)


def test_they_are_fetched_by_one_get_over_a_connection_that_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    host = FakeHost([Answer(body=b'{"keys": [{"kid": "k1"}, "no key"]}')]).plug_in(monkeypatch)

    assert fetch(URL) == [{"kid": "k1"}]
    assert [(sent.method, sent.path) for sent in host.taken] == [("GET", "/pool/.well-known/jwks.json")]
    assert host.open_lines == 0


@pytest.mark.parametrize(
    "answer",
    [
        Answer(404, b'{"keys": []}'),
        Answer(302, b'{"keys": []}'),
        Answer(500, b"oops"),
        Answer(body=b"<html>"),
        Answer(body=b"[]"),
        Answer(body=b"{}"),
        Answer(body=b'{"keys": {"kid": "k1"}}'),
        Answer(body=b'{"keys": [' + b'{"kid": "k"},' * 10_000 + b"{}]}"),
        TimeoutError(),
    ],
)
def test_whatever_is_no_key_set_counts_as_not_fetched(
    monkeypatch: pytest.MonkeyPatch, answer: Answer | Exception
) -> None:
    host = FakeHost([answer]).plug_in(monkeypatch)

    with pytest.raises(KeySetUnavailable):
        KeySet(lambda: fetch(URL)).get("k1")

    assert host.open_lines == 0
