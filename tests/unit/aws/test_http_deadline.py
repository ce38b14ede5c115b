"""A request and its answer have one deadline together, however the host spends the time."""

import os
import socket
import ssl
from collections.abc import Iterator
from itertools import count, repeat
from typing import Any

import pytest

from shared.aws import http_connection
from shared.aws.http_channel import HTTP_ERRORS, Endpoint
from shared.aws.http_connection import connect

HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
ENDLESS = {
    "headers": (HEAD, b"X: a\r\n"),
    "a header byte by byte": (HEAD + b"X: ", b"x"),
    "a body byte by byte": (HEAD + b"Content-Length: 9999999\r\n\r\n", b"x"),
    "a body without end": (HEAD + b"\r\n", b"x"),
    "chunks": (CHUNKED, b"1\r\nx\r\n"),
    "trailers": (CHUNKED + b"0\r\n", b"X: a\r\n"),
    "interim answers": (b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"),
}
NUMERIC = [("192.0.2.1", 443), ("192.0.2.2", 443), ("192.0.2.3", 443)]


class _Clock:
    """A second goes by whenever somebody looks."""

    def __init__(self) -> None:
        self._seconds = count(100)

    def monotonic(self) -> float:
        return float(next(self._seconds))


class _Endless:
    """A connection on which something has always arrived."""

    def __init__(self, start: bytes, then: bytes) -> None:
        self._pieces = self._following(start, then)
        self.reads = 0
        self.closed = False
        self._readable, self._writable = os.pipe()
        os.write(self._writable, b"x")

    def fileno(self) -> int:
        """Of something that can always be read."""
        return self._readable

    @staticmethod
    def _following(start: bytes, then: bytes) -> Iterator[bytes]:
        yield start
        yield from repeat(then)

    def recv(self, _size: int) -> bytes:
        self.reads += 1
        assert self.reads < 1_000, "it reads for ever"
        return next(self._pieces)

    def send(self, data: memoryview) -> int:
        return len(data)

    def setblocking(self, _blocking: bool) -> None:
        pass

    def close(self) -> None:
        if not self.closed:
            os.close(self._readable)
            os.close(self._writable)
        self.closed = True


@pytest.mark.parametrize("name", ENDLESS)
def test_an_answer_without_end_is_given_up_at_the_deadline(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    # given
    endless = _Endless(*ENDLESS[name])
    monkeypatch.setattr(http_connection, "connect", lambda *_arguments: endless)
    monkeypatch.setattr(http_connection, "time", _Clock())
    connection = Endpoint("http://host.example").open(20.0)
    connection.request("POST", "/", b"")

    # when
    with pytest.raises(HTTP_ERRORS):
        connection.receive()

    # then
    assert endless.reads <= 20
    assert endless.closed


@pytest.mark.usefixtures("socket_enabled")
def test_a_host_that_says_nothing_is_given_up_at_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        monkeypatch.setattr(http_connection, "connect", lambda *_arguments: ours)
        connection = Endpoint("http://host.example").open(0.05)
        connection.request("POST", "/", b"")

        with pytest.raises(TimeoutError):
            connection.receive()


@pytest.mark.usefixtures("socket_enabled")
def test_a_host_that_takes_nothing_is_given_up_at_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        monkeypatch.setattr(http_connection, "connect", lambda *_arguments: ours)

        with pytest.raises(TimeoutError):
            Endpoint("http://host.example").open(0.05).request("POST", "/", b"x" * 50_000_000)


class Addresses:
    """A host with three addresses; what connecting to each leads to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *outcomes: Any) -> None:
        self.tried: list[tuple[Any, float]] = []
        self._outcomes = iter(outcomes)
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", address) for address in NUMERIC]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_arguments, **_more: found)
        monkeypatch.setattr(socket, "create_connection", self._create)
        monkeypatch.setattr(http_connection, "time", _Clock())

    def _create(self, address: Any, seconds: float) -> Any:
        self.tried.append((address, seconds))
        outcome = next(self._outcomes)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


class _Connected:
    def setsockopt(self, *_arguments: Any) -> None:
        pass


def test_the_addresses_of_a_host_are_tried_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    connected = _Connected()
    addresses = Addresses(monkeypatch, ConnectionRefusedError(), connected)

    assert connect(("host.example", 443), 10.0, None) is connected  # type: ignore[comparison-overlap]
    assert addresses.tried == [(NUMERIC[0], 9.0), (NUMERIC[1], 8.0)]


def test_all_addresses_of_a_host_have_one_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = Addresses(monkeypatch, TimeoutError("the first"), TimeoutError("the second"))

    with pytest.raises(TimeoutError, match="connecting took too long"):
        connect(("host.example", 443), 3.0, None)

    assert [seconds for _, seconds in addresses.tried] == [2.0, 1.0]


def test_the_last_reason_is_told_where_no_address_can_be_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    Addresses(monkeypatch, TimeoutError(), TimeoutError(), ConnectionRefusedError("the last"))

    with pytest.raises(ConnectionRefusedError, match="the last"):
        connect(("host.example", 443), 10.0, ssl.create_default_context())
