"""A kept-open connection: what goes out, how each kind of answer is read, and that answers never get mixed up."""

import io
import socket
from http.client import BadStatusLine, CannotSendRequest, HTTPException, IncompleteRead, RemoteDisconnected
from typing import Any

import pytest

from shared.aws.http_channel import Endpoint
from shared.aws.http_connection import HttpConnection


class _Socket:
    """Takes what is sent, and answers with what it was made with."""

    def __init__(self, answers: bytes) -> None:
        self.sent = b""
        self.closed = False
        self._answers = answers

    def sendall(self, data: bytes) -> None:
        self.sent += data

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(io.BytesIO(self._answers))

    def setsockopt(self, *_arguments: Any) -> None:
        pass

    def close(self) -> None:
        self.closed = True


class _Host:
    """Every connection to it gets the next of these answers."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *answers: bytes) -> None:
        self.sockets: list[_Socket] = []
        self.addresses: list[tuple[str, int]] = []
        self._answers = iter(answers)
        monkeypatch.setattr(socket, "create_connection", self._connected)

    def _connected(self, address: tuple[str, int], _timeout: float) -> _Socket:
        self.addresses.append(address)
        self.sockets.append(_Socket(next(self._answers)))
        return self.sockets[-1]


def _line() -> HttpConnection:
    return Endpoint("http://host.example:81/base").open(3.0)


def _asked(monkeypatch: pytest.MonkeyPatch, answer: bytes) -> HttpConnection:
    _Host(monkeypatch, answer)
    line = _line()
    line.request("POST", "/", b"")
    return line


def test_a_request_goes_out_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    host = _Host(monkeypatch, b"")
    _line().request("POST", "/base/%40connections/a", b"body", {"x-amz-date": "now"})
    assert host.addresses == [("host.example", 81)]
    assert host.sockets[0].sent == (
        b"POST /base/%40connections/a HTTP/1.1\r\nHost: host.example:81\r\nAccept-Encoding: identity\r\n"
        b"Content-Length: 4\r\nx-amz-date: now\r\n\r\nbody"
    )


def test_a_request_without_body_says_no_length(monkeypatch: pytest.MonkeyPatch) -> None:
    host = _Host(monkeypatch, b"")
    _line().request("GET", "/keys")
    assert b"Content-Length" not in host.sockets[0].sent


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r"])
def test_a_line_break_in_a_header_is_refused(monkeypatch: pytest.MonkeyPatch, break_: str) -> None:
    host = _Host(monkeypatch, b"")
    with pytest.raises(ValueError, match="line break"):
        _line().request("POST", "/", b"", {"x": f"a{break_}Host: other"})
    assert host.sockets == []


@pytest.mark.parametrize(
    ("answer", "status", "body", "will_close"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", 200, b"{}", False),
        (b"HTTP/1.1 410 Gone\r\ncontent-length:0\r\n\r\n", 410, b"", False),
        (b"HTTP/1.1 200\r\nCONTENT-LENGTH: 2\r\nX: a\r\n\r\n{}", 200, b"{}", False),
        (b"HTTP/1.1 204 No Content\r\n\r\n", 204, b"", False),
        (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", 200, b"x", False),
        (b"HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 2\r\n\r\n{}", 200, b"{}", True),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}", 200, b"{}", True),
        (b"HTTP/1.1 200 OK\r\n\r\nall until the end", 200, b"all until the end", True),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            b"4;name=value\r\nwiki\r\nA\r\n0123456789\r\n0\r\nTrailer: a\r\n\r\n",
            200,
            b"wiki0123456789",
            False,
        ),
    ],
)
def test_an_answer_is_read(
    monkeypatch: pytest.MonkeyPatch, answer: bytes, status: int, body: bytes, will_close: bool
) -> None:
    told = _asked(monkeypatch, answer).getresponse()
    assert (told.status, told.read(), told.will_close) == (status, body, will_close)
    assert told.read(1) == body[:1]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (b"", RemoteDisconnected),
        (b"SSH-2.0-OpenSSH\r\n", BadStatusLine),
        (b"HTTP/1.1 OK\r\n\r\n", BadStatusLine),
        (b"HTTP/1.1 200 OK\r\nContent-Le", IncompleteRead),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}", IncompleteRead),
        (b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{}", HTTPException),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}", HTTPException),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n{}", HTTPException),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nwi", IncompleteRead),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", HTTPException),
        (b"HTTP/1.1 200 OK\r\n" + 200 * b"X: a\r\n" + b"\r\n", HTTPException),
    ],
)
def test_a_broken_answer_raises(monkeypatch: pytest.MonkeyPatch, answer: bytes, error: type[HTTPException]) -> None:
    with pytest.raises(error):
        _asked(monkeypatch, answer).getresponse()


def test_answers_on_one_connection_stay_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n%d" % number for number in range(3)]
    host = _Host(monkeypatch, b"".join(answers))
    line = _line()
    for number in range(3):
        line.request("POST", "/", b"")
        assert line.getresponse().read() == b"%d" % number
    assert len(host.sockets) == 1


def test_no_request_before_the_last_answer_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    line = _asked(monkeypatch, b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    with pytest.raises(CannotSendRequest):
        line.request("POST", "/", b"")


def test_after_a_close_it_connects_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nnew"
    host = _Host(monkeypatch, b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nol", whole)
    line = _line()
    line.request("POST", "/", b"")
    with pytest.raises(IncompleteRead):
        line.getresponse()
    line.close()
    line.request("POST", "/", b"")
    assert line.getresponse().read() == b"new"
    assert host.sockets[0].closed


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
