"""A kept-open connection over TLS, on which session tickets arrive besides answers."""

import datetime
import socket
import ssl
import threading
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from shared.aws import http_connection
from shared.aws.http_channel import Endpoint

pytestmark = pytest.mark.usefixtures("socket_enabled")

NAME = "host.example"
PATIENCE_SECONDS = 10.0
EMPTY = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
GONE = b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a key and a certificate that is its own root."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = datetime.datetime.now(datetime.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "host.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(private + signed.public_bytes(Encoding.PEM))
    return file


class Host:
    """Answers the requests of every connection to it with these, one after the other."""

    def __init__(self, certificate: Path, *answers: bytes) -> None:
        self.connections = 0
        self._answers = iter(answers)
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(certificate)
        self._certificate = certificate
        self._threads: list[threading.Thread] = []
        self._ours: list[socket.socket] = []

    def connect(self, _address: tuple[str, int], seconds: float, _tls: ssl.SSLContext | None) -> socket.socket:
        self.connections += 1
        ours, theirs = socket.socketpair()
        thread = threading.Thread(target=self._serve, args=(theirs,))
        thread.start()
        self._threads.append(thread)
        ours.settimeout(seconds)
        tls = ssl.create_default_context(cafile=self._certificate)
        self._ours.append(tls.wrap_socket(ours, server_hostname=NAME))
        return self._ours[-1]

    def _serve(self, theirs: socket.socket) -> None:
        with self._tls.wrap_socket(theirs, server_side=True) as served:
            while served.recv(100_000):
                served.sendall(next(self._answers))

    def close(self) -> None:
        for ours in self._ours:
            ours.close()
        for thread in self._threads:
            thread.join(PATIENCE_SECONDS)


def statuses(monkeypatch: pytest.MonkeyPatch, host: Host, requests: int) -> list[int]:
    """What so many requests on one connection object are answered."""
    monkeypatch.setattr(http_connection, "connect", host.connect)
    connection = Endpoint(f"https://{NAME}").open(PATIENCE_SECONDS)
    answered = []
    try:
        for _ in range(requests):
            connection.request("POST", "/", b"")
            answered.append(connection.receive().status)
    finally:
        connection.close()
        host.close()
    return answered


def test_a_connection_with_session_tickets_on_it_is_kept(monkeypatch: pytest.MonkeyPatch, certificate: Path) -> None:
    host = Host(certificate, EMPTY, EMPTY, EMPTY)

    assert statuses(monkeypatch, host, 3) == [200, 200, 200]
    assert host.connections == 1


def test_a_large_answer_over_many_records_arrives(monkeypatch: pytest.MonkeyPatch, certificate: Path) -> None:
    large = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + b"x" * 1_000_000
    host = Host(certificate, large, EMPTY)

    assert statuses(monkeypatch, host, 2) == [200, 200]
    assert host.connections == 1


def test_a_second_answer_to_one_request_is_dropped(monkeypatch: pytest.MonkeyPatch, certificate: Path) -> None:
    host = Host(certificate, EMPTY + GONE, EMPTY)

    assert statuses(monkeypatch, host, 2) == [200, 200]
    assert host.connections == 2
