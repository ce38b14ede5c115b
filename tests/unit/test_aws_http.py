"""Kept-alive connections: kept, replaced when stale, and never used after a broken answer."""

import http.client
import threading

import pytest

from shared.aws.http import Channel, Endpoint, set_timeout
from tests.unit.fake_http import STALE_ON_READING, STALE_ON_SENDING, Answer, FakeHost, Sent

URL = "https://api.example.test:8443/base/"


def a_host(monkeypatch: pytest.MonkeyPatch, *answers: Answer | Exception) -> FakeHost:
    return FakeHost(answers).plug_in(monkeypatch)


def post(channel: Channel, body: bytes = b"x", timeout: float = 5) -> tuple[int, bytes]:
    return channel.post("/path", body, {"h": "v"}, timeout)


@pytest.mark.parametrize(
    ("url", "secure", "host", "base_path"),
    [
        ("https://api.example.test/dev/", True, "api.example.test", "/dev"),
        ("http://127.0.0.1:4566", False, "127.0.0.1:4566", ""),
        ("http://127.0.0.1:4566/", False, "127.0.0.1:4566", ""),
    ],
)
def test_an_endpoint_is_a_host_and_a_base_path(url: str, secure: bool, host: str, base_path: str) -> None:
    endpoint = Endpoint(url)

    assert (endpoint.secure, endpoint.host, endpoint.base_path) == (secure, host, base_path)


@pytest.mark.parametrize("url", [URL, "http://127.0.0.1:4566"])
def test_an_endpoint_opens_without_connecting_yet(url: str) -> None:
    opened = Endpoint(url).open(3)

    assert opened.timeout == 3
    assert opened.sock is None


def test_a_call_goes_out_as_given_and_its_answer_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    host = a_host(monkeypatch, Answer(418, b"tea"))

    assert post(Channel(URL), b"body", timeout=3) == (418, b"tea")
    assert host.taken == [Sent(0, "POST", "/path", b"body", {"h": "v"}, 3)]


def test_a_connection_is_kept_for_the_next_call_with_a_timeout_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    host = a_host(monkeypatch, Answer(), Answer())
    channel = Channel(URL)

    post(channel, timeout=5)
    post(channel, timeout=1)

    assert [(sent.line, sent.timeout) for sent in host.taken] == [(0, 5), (0, 1)]


@pytest.mark.parametrize("shows_as", [STALE_ON_SENDING, STALE_ON_READING, ConnectionResetError()])
def test_a_stale_connection_is_replaced_and_the_call_made_again(
    monkeypatch: pytest.MonkeyPatch, shows_as: Exception
) -> None:
    # given a connection that the other side has closed
    host = a_host(monkeypatch, Answer(), Answer(201), Answer(202))
    channel = Channel(URL)
    post(channel)
    host.drop_idle_connections(shows_as)

    # when, then
    assert post(channel)[0] == 201
    assert host.lines[0].closed

    # and the new one is kept
    assert post(channel)[0] == 202
    assert [sent.line for sent in host.taken] == [0, 1, 1]


def test_a_new_connection_that_is_closed_at_once_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    host = a_host(monkeypatch, STALE_ON_READING)

    with pytest.raises(http.client.RemoteDisconnected):
        post(Channel(URL))

    assert len(host.lines) == 1


@pytest.mark.parametrize("fault", [TimeoutError(), http.client.IncompleteRead(b""), http.client.BadStatusLine("x")])
def test_a_broken_answer_is_no_reason_to_send_again_but_to_leave_the_connection(
    monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    # given a connection that is kept
    host = a_host(monkeypatch, Answer(), fault, Answer())
    channel = Channel(URL)
    post(channel)

    # when
    with pytest.raises(type(fault)):
        post(channel)

    # then
    assert host.lines[0].closed
    post(channel)
    assert [sent.line for sent in host.taken] == [0, 0, 1]


def test_each_thread_has_a_connection_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    host = a_host(monkeypatch, Answer(), Answer())
    channel = Channel(URL)
    post(channel)

    other = threading.Thread(target=post, args=(channel,))
    other.start()
    other.join()

    assert [sent.line for sent in host.taken] == [0, 1]


def test_a_timeout_is_set_on_a_connection_that_does_not_connect_yet() -> None:
    connection = Endpoint(URL).open(5)

    set_timeout(connection, 1)

    assert connection.timeout == 1
