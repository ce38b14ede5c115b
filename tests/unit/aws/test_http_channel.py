"""Kept-alive connections: kept, replaced when stale, and never used after a broken answer."""

import hashlib
import re
import ssl
import threading
from importlib import resources
from types import SimpleNamespace

import pytest

from shared.aws import http_channel
from shared.aws.http_channel import AMAZON_ROOTS, Channel, Endpoint
from shared.aws.http_connection import HttpConnection
from shared.aws.http_errors import BadStatusLine, ClosedBeforeAnswer, IncompleteAnswer
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


def test_a_call_that_is_made_again_has_the_rest_of_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    # given a kept connection that takes two of three seconds to show that it is stale
    host = a_host(monkeypatch, Answer(), Answer())
    channel = Channel(URL)
    post(channel)
    host.drop_idle_connections(STALE_ON_READING)
    seconds = iter([100.0, 102.0])
    monkeypatch.setattr(http_channel, "time", SimpleNamespace(monotonic=lambda: next(seconds)))

    # when
    post(channel, timeout=3)

    # then
    assert [sent.timeout for sent in host.taken] == [5, 1]


def test_a_new_connection_that_is_closed_at_once_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    host = a_host(monkeypatch, STALE_ON_READING)

    with pytest.raises(ClosedBeforeAnswer):
        post(Channel(URL))

    assert len(host.lines) == 1


@pytest.mark.parametrize("fault", [TimeoutError(), IncompleteAnswer(b""), BadStatusLine("x")])
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


AMAZONS_FINGERPRINTS = {
    "8ecde6884f3d87b1125ba31ac3fcb13d7016de7f57cc904fe1cb97c6ae98196e",  # Amazon Root CA 1
    "1ba5b2aa8c65401a82960118f80bec4f62304d83cec4713a19c39c011ea46db4",  # Amazon Root CA 2
    "18ce6cfe7bf14e60b2e347b8dfe868cb31d02ebb3ada271569f50343b46db3a4",  # Amazon Root CA 3
    "e35d28419ed02025cfa69038cd623962458da5c695fbdea3c22b0bfb25897092",  # Amazon Root CA 4
    "568d6905a2c88708a4b3025190edcfedb1974a606a13c6e5290fcb2ae63edab5",  # Starfield Services Root CA - G2
}
"""SHA-256, from https://www.amazontrust.com/repository/"""


def fingerprints(bundle: str) -> set[str]:
    certificates = re.findall(f"{ssl.PEM_HEADER}.*?{ssl.PEM_FOOTER}", bundle, re.DOTALL)
    return {hashlib.sha256(ssl.PEM_cert_to_DER_cert(each)).hexdigest() for each in certificates}


def roots_of(url: str) -> int:
    """How many roots a connection to a URL is checked against."""
    opened = Endpoint(url).open(3)
    assert isinstance(opened, HttpConnection)
    tls = opened._tls
    assert tls is not None
    assert (tls.verify_mode, tls.check_hostname) == (ssl.CERT_REQUIRED, True)
    return tls.cert_store_stats()["x509_ca"]


@pytest.mark.parametrize(
    "url",
    [
        "https://dynamodb.eu-west-1.amazonaws.com",
        "https://abcdef1234.execute-api.eu-west-1.amazonaws.com/dev",
        "https://sqs.eu-west-1.api.aws",
    ],
)
def test_aws_is_checked_against_amazons_roots_alone(url: str) -> None:
    assert roots_of(url) == 5


@pytest.mark.parametrize(
    "url",
    [URL, "https://amazonaws.com.example.test", "https://notamazonaws.com", "https://s3.cn-north-1.amazonaws.com.cn"],
)
def test_everybody_else_is_checked_against_the_systems_roots(url: str) -> None:
    assert roots_of(url) != 5


def test_amazons_roots_are_amazons() -> None:
    assert fingerprints(AMAZON_ROOTS.read_text()) == AMAZONS_FINGERPRINTS


def test_an_upgrade_of_botocore_tells_when_amazon_has_another_root() -> None:
    bundle = resources.files("botocore").joinpath("cacert.pem").read_text()
    labelled = re.findall(rf'# Label: "([^"]+)".*?({ssl.PEM_HEADER}.*?{ssl.PEM_FOOTER})', bundle, re.DOTALL)
    amazons = [text for label, text in labelled if label.startswith(("Amazon ", "Starfield Services "))]

    assert fingerprints("".join(amazons)) == fingerprints(AMAZON_ROOTS.read_text())
