"""A kept-open connection: what goes out, that answers never get mixed up, and that a call has one deadline."""

import os
import socket
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from shared.aws.http_channel import Endpoint
from shared.aws.http_connection import ClosedBeforeAnswer, HttpConnection
from shared.aws.http_parser import HttpError

EMPTY = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


class _Socket:
    """Takes what is sent. Each `recv` gets the next of its pieces; `speak` makes it readable, as by a pipe."""

    def __init__(self, *pieces: bytes) -> None:
        self.sent = b""
        self.closed = False
        self.timeouts: list[float] = []
        self.pieces = list(pieces)
        self._read_end, self._write_end = os.pipe()

    def sendall(self, data: bytes) -> None:
        self.sent += data

    def recv(self, _size: int) -> bytes:
        return self.pieces.pop(0) if self.pieces else b""

    def speak(self) -> None:
        os.write(self._write_end, b"x")

    def fileno(self) -> int:
        return self._read_end

    def settimeout(self, seconds: float) -> None:
        self.timeouts.append(seconds)

    def setsockopt(self, *_arguments: Any) -> None:
        pass

    def close(self) -> None:
        self.closed = True

    def release(self) -> None:
        os.close(self._read_end)
        os.close(self._write_end)


class _Host:
    """Every connection to it gets the next of these sockets."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.sockets: list[_Socket] = []
        self.addresses: list[tuple[str, int]] = []
        self._opened = 0
        monkeypatch.setattr(socket, "create_connection", self._connected)

    def has(self, *pieces: bytes) -> _Socket:
        self.sockets.append(_Socket(*pieces))
        return self.sockets[-1]

    def _connected(self, address: tuple[str, int], _timeout: float) -> _Socket:
        self.addresses.append(address)
        self._opened += 1
        return self.sockets[self._opened - 1]


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Host]:
    """A host without a socket."""
    host = _Host(monkeypatch)
    yield host
    for each in host.sockets:
        each.release()


def a_connection() -> HttpConnection:
    return Endpoint("http://host.example:81/base").open(3.0)


def test_a_request_goes_out_whole(host: _Host) -> None:
    taken = host.has()

    a_connection().request("POST", "/base/%40connections/a", b"body", {"x-amz-date": "now"})

    assert host.addresses == [("host.example", 81)]
    assert taken.sent == (
        b"POST /base/%40connections/a HTTP/1.1\r\nHost: host.example:81\r\nAccept-Encoding: identity\r\n"
        b"Content-Length: 4\r\nx-amz-date: now\r\n\r\nbody"
    )


def test_a_request_without_body_says_no_length(host: _Host) -> None:
    taken = host.has()

    a_connection().request("GET", "/keys")

    assert b"Content-Length" not in taken.sent


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r"])
def test_a_line_break_in_a_header_is_refused(host: _Host, break_: str) -> None:
    with pytest.raises(ValueError, match="line break"):
        a_connection().request("POST", "/", b"", {"x": f"a{break_}Host: other"})

    assert host.addresses == []


def test_answers_on_one_connection_stay_in_order(host: _Host) -> None:
    host.has(*(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n%d" % number for number in range(3)))
    connection = a_connection()

    for number in range(3):
        connection.request("POST", "/", b"")
        assert connection.receive().body == b"%d" % number
    assert len(host.addresses) == 1


def test_no_request_before_the_last_answer_was_read(host: _Host) -> None:
    host.has(EMPTY)
    connection = a_connection()
    connection.request("POST", "/", b"")

    with pytest.raises(HttpError, match="was not read"):
        connection.request("POST", "/", b"")


def test_no_answer_without_a_request() -> None:
    with pytest.raises(HttpError, match="no request"):
        a_connection().receive()


def test_a_close_before_an_answer_is_told_apart(host: _Host) -> None:
    host.has()
    connection = a_connection()
    connection.request("POST", "/", b"")

    with pytest.raises(ClosedBeforeAnswer):
        connection.receive()


def test_after_a_close_it_connects_again(host: _Host) -> None:
    host.has(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nol")
    host.has(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nnew")
    connection = a_connection()
    connection.request("POST", "/", b"")
    with pytest.raises(HttpError, match="within an answer"):
        connection.receive()
    connection.close()

    connection.request("POST", "/", b"")

    assert connection.receive().body == b"new"
    assert host.sockets[0].closed


@pytest.mark.parametrize("extra", [b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n", b"\r\n", b"x"])
def test_a_connection_on_which_more_arrives_than_was_asked_for_is_not_used_again(host: _Host, extra: bytes) -> None:
    host.has(EMPTY + extra)
    connection = a_connection()
    connection.request("POST", "/", b"")

    answer = connection.receive()

    assert answer.status == 200
    assert not answer.keep_alive


def test_a_connection_that_says_something_unasked_takes_no_request(host: _Host) -> None:
    # given a 408 before the other side closes, or its end
    taken = host.has(EMPTY)
    connection = a_connection()
    connection.request("POST", "/", b"")
    assert connection.receive().keep_alive
    taken.speak()

    with pytest.raises(ClosedBeforeAnswer):
        connection.request("POST", "/", b"")
    assert taken.sent.count(b"POST") == 1


@pytest.mark.parametrize(
    "pieces",
    [
        [b"HTTP/1.1 100 Continue\r\n\r\n"] * 3,
        [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"A: b\r\n", b"A: b\r\n"],
        [b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", b"1", b"2"],
        [b"H", b"T", b"T"],
    ],
)
def test_a_call_has_one_deadline_however_its_answer_trickles(
    host: _Host, monkeypatch: pytest.MonkeyPatch, pieces: list[bytes]
) -> None:
    # given: each piece takes a second, and the call may take 2.5
    now = [100.0]
    monkeypatch.setattr("shared.aws.http_connection.time", SimpleNamespace(monotonic=lambda: now[0]))
    taken = host.has(*pieces, b"for ever")
    receive = taken.recv

    def slowly(size: int) -> bytes:
        now[0] += 1
        return receive(size)

    monkeypatch.setattr(taken, "recv", slowly)
    connection = a_connection()
    connection.set_timeout(2.5)
    connection.request("POST", "/", b"")

    with pytest.raises(TimeoutError):
        connection.receive()
    assert now[0] <= 103
    assert taken.timeouts[-1] <= 0.5


def test_the_clock_of_a_call_is_the_real_one() -> None:
    connection = a_connection()
    connection.set_timeout(5)

    assert 4 < connection._ends_at - time.monotonic() <= 5


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://host.example", ("host.example", 80)),
        ("https://host.example/stage", ("host.example", 443)),
        ("https://[::1]:8443", ("::1", 8443)),
    ],
)
def test_an_endpoint_knows_its_address(url: str, address: tuple[str, int]) -> None:
    assert Endpoint(url).open(1.0).address == address
