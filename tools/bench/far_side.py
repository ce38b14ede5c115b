"""The other end of the measured calls: `@connections` and the queue, in a process of their own.

It answers as API Gateway and SQS do and counts what it got, so that only the caller's CPU is measured, and what was
delivered is known from the receiver. `running` starts it; it prints its port and ends with its standard input.
"""

import asyncio
import contextlib
import http.client
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

LOOPBACK = "127.0.0.1"
STAGE = "prod"
BILLED_BYTES = 32 * 1024
"""API Gateway bills WebSocket messages in units of 32 KB."""

_END_OF_HEAD = b"\r\n\r\n"
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_POSTED = (
    b"HTTP/1.1 200 OK\r\nDate: Mon, 01 Jan 2026 00:00:00 GMT\r\nContent-Length: 0\r\nConnection: keep-alive\r\n"
    b"x-amzn-RequestId: 9c9ecdd8-0b8c-4c37-9d33-4be0f1e8f5a1\r\nx-amz-apigw-id: K1s9bF2coAMEV3g=\r\n\r\n"
)


class _Counts:
    """What arrived since the last reset."""

    def __init__(self) -> None:
        self.posts = 0
        self.units = 0
        self.last_post = ""
        self.queue_calls = 0
        self.queued: list[str] = []


class _FarSide(asyncio.Protocol):
    """One kept-alive connection."""

    counts = _Counts()

    def __init__(self) -> None:
        self._received = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while (end := self._received.find(_END_OF_HEAD)) >= 0:
            head = bytes(self._received[:end])
            found = _LENGTH.search(head)
            total = end + len(_END_OF_HEAD) + (int(found[1]) if found else 0)
            if len(self._received) < total:
                return
            body = bytes(self._received[end + len(_END_OF_HEAD) : total])
            del self._received[:total]
            self._transport.write(self._answer(head, body))

    def _answer(self, head: bytes, body: bytes) -> bytes:
        if b"/@connections/" in head.partition(b"\r\n")[0]:
            self.counts.posts += 1
            self.counts.units += -(-len(body) // BILLED_BYTES)
            self.counts.last_post = body.decode()
            return _POSTED
        if head.startswith(b"POST / "):
            entries = json.loads(body)["Entries"]
            self.counts.queue_calls += 1
            self.counts.queued += [entry["MessageBody"] for entry in entries]
            return _json({"Successful": [{"Id": entry["Id"]} for entry in entries], "Failed": []})
        told = _json(vars(self.counts))
        type(self).counts = _Counts()
        return told


def _json(value: object) -> bytes:
    text = json.dumps(value).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(text), text)


async def _serve() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(_FarSide, LOOPBACK, 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


@dataclass(frozen=True)
class Arrived:
    """What the far side got: posts, their billed units, the last one's text, calls and entries of the queue."""

    posts: int
    units: int
    last_post: str
    queue_calls: int
    queued: list[str]


@dataclass(frozen=True)
class FarSide:
    """A running far side."""

    port: int

    @property
    def connections_url(self) -> str:
        """The `@connections` API's base URL."""
        return f"http://{LOOPBACK}:{self.port}/{STAGE}"

    @property
    def queue_url(self) -> str:
        """The URL of the one queue."""
        return f"http://{LOOPBACK}:{self.port}/000000000000/fan-out"

    def arrived(self) -> Arrived:
        """What came since the last time this was asked."""
        connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=5)
        try:
            connection.request("GET", "/arrived")
            return Arrived(**json.load(connection.getresponse()))
        finally:
            connection.close()


@contextlib.contextmanager
def running() -> Iterator[FarSide]:
    """A far side in a process of its own."""
    command = [sys.executable, "-m", "tools.bench.far_side"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield FarSide(int(process.stdout.readline()))
        process.stdin.close()


if __name__ == "__main__":
    asyncio.run(_serve())
