"""A host on the other side of `shared.aws.http_channel.Endpoint`, without a socket."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import pytest

from shared.aws.http_channel import Endpoint
from shared.aws.http_errors import ClosedBeforeAnswer


@dataclass
class Answer:
    """What the host says; `keep_alive` is false with `Connection: close`."""

    status: int = 200
    body: bytes = b"{}"
    keep_alive: bool = True


@dataclass
class Sent:
    """A request as it arrived."""

    line: int
    method: str
    path: str
    body: bytes
    headers: dict[str, str]
    timeout: float


Script = Callable[[Sent], Answer | Exception] | Iterable[Answer | Exception]


@dataclass
class FakeLine:
    """One HTTP connection. A request on it is answered when the answer is asked for, not before."""

    host: "FakeHost"
    number: int
    timeout: float
    closed: bool = False
    stale: Exception | None = None
    waiting: list[Sent] = field(default_factory=list)

    def set_timeout(self, seconds: float) -> None:
        self.timeout = seconds

    def request(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> None:
        assert not self.waiting, "a second request on a connection whose answer was not read"
        if isinstance(self.stale, BrokenPipeError):
            raise self.stale
        sent = Sent(self.number, method, path, body or b"", headers or {}, self.timeout)
        self.waiting.append(sent)
        self.host.trace.append(("sent", path))

    def receive(self) -> Answer:
        sent = self.waiting.pop()
        if self.stale is not None:
            raise self.stale
        self.host.taken.append(sent)
        self.host.trace.append(("read", sent.path))
        answer = self.host.answer(sent)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def close(self) -> None:
        self.closed = True
        self.waiting.clear()


class FakeHost:
    """Answers by a script: a function of the request, or a list to go through."""

    def __init__(self, script: Script) -> None:
        self.lines: list[FakeLine] = []
        self.taken: list[Sent] = []
        """The requests that reached it, in the order of their answers."""
        self.trace: list[tuple[str, str]] = []
        self.unreachable = False
        if callable(script):
            self.answer = script
        else:
            following = iter(script)
            self.answer = lambda _sent: next(following)

    def plug_in(self, monkeypatch: pytest.MonkeyPatch) -> "FakeHost":
        """Have every endpoint lead here."""

        def opened(_endpoint: Endpoint, timeout_seconds: float) -> Any:
            if self.unreachable:
                return _Unreachable()
            line = FakeLine(self, len(self.lines), timeout_seconds)
            self.lines.append(line)
            return line

        monkeypatch.setattr(Endpoint, "open", opened)
        return self

    def drop_idle_connections(self, shows_as: Exception) -> None:
        """The other side closes every connection there is; the next use of each shows it so."""
        for line in self.lines:
            line.stale = shows_as

    @property
    def open_lines(self) -> int:
        return sum(not line.closed for line in self.lines)


class _Unreachable:
    def set_timeout(self, seconds: float) -> None:
        pass

    def request(self, *_arguments: Any) -> None:
        raise ConnectionRefusedError

    def close(self) -> None:
        pass


STALE_ON_SENDING = BrokenPipeError()
STALE_ON_READING = ClosedBeforeAnswer("closed")
