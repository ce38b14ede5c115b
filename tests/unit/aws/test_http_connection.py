"""A kept-open connection: what goes out, when it is used again, and that answers never get mixed up."""

import socket
import ssl
import threading
from collections.abc import Iterator

import pytest

from shared.aws import http_connection
from shared.aws.http_channel import Endpoint
from shared.aws.http_connection import HttpConnection
from shared.aws.http_errors import ClosedBeforeAnswer, HttpError, IncompleteAnswer, OutOfTurn

pytestmark = pytest.mark.usefixtures("socket_enabled")

EMPTY = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
GONE = b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n"
PATIENCE_SECONDS = 10.0


def an_answer(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


class Host:
    """The other ends of the connections to it, in the order in which they were made."""

    def __init__(self) -> None:
        self.ends: list[socket.socket] = []
        self.addresses: list[tuple[str, int]] = []
        self.seconds: list[float] = []
        self._ours: list[socket.socket] = []

    def connect(self, address: tuple[str, int], seconds: float, _tls: ssl.SSLContext | None) -> socket.socket:
        ours, theirs = socket.socketpair()
        self.addresses.append(address)
        self.seconds.append(seconds)
        self.ends.append(theirs)
        self._ours.append(ours)
        return ours

    def received(self, end: int = 0) -> bytes:
        return self.ends[end].recv(100_000)

    def close(self) -> None:
        for each in (*self.ends, *self._ours):
            each.close()


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    host = Host()
    monkeypatch.setattr(http_connection, "connect", host.connect)
    yield host
    host.close()


def a_connection(seconds: float = PATIENCE_SECONDS) -> HttpConnection:
    return Endpoint("http://host.example:81/base").open(seconds)


def a_kept_connection(host: Host, answer: bytes = EMPTY) -> HttpConnection:
    """A connection with one request and answer behind it."""
    connection = a_connection()
    connection.request("POST", "/", b"first")
    host.received()
    host.ends[0].sendall(answer)
    connection.receive()
    return connection


def test_a_request_goes_out_whole(host: Host) -> None:
    a_connection().request("POST", "/base/%40connections/a", b"body", {"x-amz-date": "now"})

    assert host.addresses == [("host.example", 81)]
    assert host.received() == (
        b"POST /base/%40connections/a HTTP/1.1\r\nHost: host.example:81\r\nAccept-Encoding: identity\r\n"
        b"Content-Length: 4\r\nx-amz-date: now\r\n\r\nbody"
    )


def test_a_request_larger_than_the_buffers_goes_out_whole(host: Host) -> None:
    body = bytes(range(256)) * 20_000
    taken = bytearray()

    def take() -> None:
        while len(taken) < len(body) or not taken.endswith(body[-256:]):
            taken.extend(host.ends[0].recv(1_000_000))

    connection = a_connection()
    connection.request("POST", "/", b"")
    host.ends[0].sendall(EMPTY)
    connection.receive()
    host.received()
    taker = threading.Thread(target=take)
    taker.start()

    connection.request("POST", "/", body)

    taker.join(PATIENCE_SECONDS)
    assert bytes(taken).endswith(b"\r\n\r\n" + body)


def test_a_request_without_body_says_no_length(host: Host) -> None:
    a_connection().request("GET", "/keys")

    assert b"Content-Length" not in host.received()


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r"])
def test_a_line_break_in_a_header_is_refused(host: Host, break_: str) -> None:
    with pytest.raises(ValueError, match="line break"):
        a_connection().request("POST", "/", b"", {"x": f"a{break_}Host: other"})

    assert host.ends == []


def test_answers_on_one_connection_stay_in_order(host: Host) -> None:
    connection = a_connection()
    for number in range(3):
        connection.request("POST", "/", b"")
        host.received()
        host.ends[0].sendall(an_answer(b"%d" % number))
        assert connection.receive().body == b"%d" % number

    assert len(host.ends) == 1


def test_a_large_answer_arrives_whole(host: Host) -> None:
    body = bytes(range(256)) * 20_000
    connection = a_connection()
    connection.request("POST", "/", b"")
    sender = threading.Thread(target=host.ends[0].sendall, args=(an_answer(body),))
    sender.start()

    assert connection.receive().body == body
    sender.join(PATIENCE_SECONDS)


def test_no_request_before_the_last_answer_was_received(host: Host) -> None:
    connection = a_connection()
    connection.request("POST", "/", b"")

    with pytest.raises(OutOfTurn):
        connection.request("POST", "/", b"")


def test_no_answer_without_a_request(host: Host) -> None:
    connection = a_kept_connection(host)

    with pytest.raises(OutOfTurn):
        connection.receive()


@pytest.mark.parametrize(
    ("broken", "error"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nol", IncompleteAnswer),
        (b"HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\n{}", HttpError),
        (b"", ClosedBeforeAnswer),
    ],
)
def test_after_a_broken_answer_it_connects_again(host: Host, broken: bytes, error: type[Exception]) -> None:
    connection = a_connection()
    connection.request("POST", "/", b"")
    host.ends[0].sendall(broken)
    host.ends[0].shutdown(socket.SHUT_WR)
    with pytest.raises(error):
        connection.receive()

    connection.request("POST", "/", b"")
    host.ends[1].sendall(an_answer(b"new"))

    assert connection.receive().body == b"new"


LEFT = {
    "another answer": GONE,
    "an answer that begins": b"H",
    "a request timeout": b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n",
    "nothing but the end of the stream": b"",
}


@pytest.mark.parametrize("ended", [False, True])
@pytest.mark.parametrize("left", LEFT)
def test_a_connection_with_something_to_read_before_a_request_is_replaced(host: Host, left: str, ended: bool) -> None:
    # given
    connection = a_kept_connection(host)
    host.ends[0].sendall(LEFT[left])
    if ended or not LEFT[left]:
        host.ends[0].shutdown(socket.SHUT_WR)

    # when
    connection.request("POST", "/", b"second")
    host.ends[1].sendall(an_answer(b"to the second"))

    # then
    assert connection.receive().body == b"to the second"
    assert host.received(1).endswith(b"second")


def test_a_second_answer_in_the_segment_of_the_first_is_dropped(host: Host) -> None:
    connection = a_kept_connection(host, EMPTY + GONE)

    connection.request("POST", "/", b"")
    host.ends[1].sendall(EMPTY)

    assert connection.receive().status == 200


def test_a_late_answer_is_not_taken_for_that_to_the_next_request(host: Host) -> None:
    # given a request whose answer did not come in time
    connection = a_connection()
    connection.request("POST", "/", b"")
    connection.set_timeout(0.0)
    with pytest.raises(TimeoutError):
        connection.receive()

    # when it comes during the next request
    connection.set_timeout(PATIENCE_SECONDS)
    connection.request("POST", "/", b"")
    with pytest.raises(OSError, match="Broken pipe"):
        host.ends[0].sendall(GONE)
    host.ends[1].sendall(EMPTY)

    # then
    assert connection.receive().status == 200


def test_a_request_timeout_that_crosses_a_request_shows_a_stale_connection(host: Host) -> None:
    connection = a_kept_connection(host)
    connection.request("POST", "/", b"")
    host.ends[0].sendall(b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n")

    with pytest.raises(ClosedBeforeAnswer):
        connection.receive()


def test_a_request_timeout_on_a_new_connection_is_an_answer(host: Host) -> None:
    connection = a_connection()
    connection.request("POST", "/", b"")
    host.ends[0].sendall(b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n")

    assert connection.receive().status == 408
