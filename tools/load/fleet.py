"""Many connections that ask little and hear much: what a frame costs here is paid thousands of times."""

import asyncio
import contextlib
import itertools
import json
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

import aiohttp

from shared.protocol.limits import SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX
from tests.e2e.people import Deployment, Person

Frame = dict[str, Any]

OPENING_AT_ONCE = 16
ANSWER_SECONDS = 60.0
"""How long a reply may take on a slow machine."""

_PUSHED = '"action":"message"'
_CHANGED = '{"action":"changed"'
_ID = '"clientMessageId":"'


class NoAnswer(Exception):
    """The connection ended, or was never answered."""


@dataclass
class Watch:
    """One message on its way: who has it, and when the last one got it."""

    expected: int
    sent_at: float
    reached: set[int] = field(default_factory=set)
    last_at: float = 0.0
    all_reached: asyncio.Event = field(default_factory=asyncio.Event)

    def arrived(self, number: int) -> None:
        """A connection has it, perhaps once more."""
        if number in self.reached:
            return
        self.reached.add(number)
        self.last_at = time.monotonic()
        if len(self.reached) >= self.expected:
            self.all_reached.set()

    @property
    def seconds(self) -> float:
        """From the send until the last recipient so far."""
        return self.last_at - self.sent_at


class Connection:
    """One connection of a person."""

    def __init__(
        self, number: int, person: Person, socket: aiohttp.ClientWebSocketResponse, watches: dict[str, Watch]
    ) -> None:
        self.number = number
        self.person = person
        self.socket = socket
        self.changes_heard = 0
        """How many pushes told a change."""
        self.heard: Callable[[str], None] | None = None
        """From when it is set it is told every frame, and nobody else is."""
        self._watches = watches
        self._asked: dict[str, asyncio.Future[Frame]] = {}
        self._numbers = itertools.count(1)
        self.reader = asyncio.create_task(self._read())

    async def ask(self, action: str, **fields: object) -> Frame:
        """A command's reply, or the error to it. Raises NoAnswer."""
        request_id = str(next(self._numbers))
        answer = self._asked[request_id] = asyncio.get_running_loop().create_future()
        try:
            await self.socket.send_str(json.dumps({"action": action, "requestId": request_id, **fields}))
            return await asyncio.wait_for(answer, ANSWER_SECONDS)
        except (TimeoutError, ConnectionError) as error:
            raise NoAnswer(f"{action}: {type(error).__name__}") from None
        finally:
            self._asked.pop(request_id, None)

    async def close(self) -> None:
        """Hang up."""
        await self.socket.close()
        await self.reader

    async def _read(self) -> None:
        async for message in self.socket:
            self._take(message.data)
        for answer in self._asked.values():
            if not answer.done():
                answer.set_exception(NoAnswer(f"closed with {self.socket.close_code}"))

    def _take(self, text: str) -> None:
        if self.heard is not None:
            self.heard(text)
            return
        if _PUSHED in text:
            start = text.find(_ID) + len(_ID)
            watch = self._watches.get(text[start : text.index('"', start)])
            if watch is not None:
                watch.arrived(self.number)
            return
        if text.startswith(_CHANGED):
            self.changes_heard += 1
            return
        frame = json.loads(text)
        answer = self._asked.get(frame.get("requestId", ""))
        if answer is not None and not answer.done():
            answer.set_result(frame)


class Fleet:
    """Opens connections to one deployment, and closes them all in the end."""

    def __init__(self, deployment: Deployment, session: aiohttp.ClientSession) -> None:
        self._deployment = deployment
        self._session = session
        self._numbers = itertools.count()
        self.watches: dict[str, Watch] = {}
        self.open_connections: list[Connection] = []

    async def open(self, person: Person) -> Connection:
        """A connection that has said hello. Raises aiohttp.WSServerHandshakeError, NoAnswer."""
        socket = await self._session.ws_connect(
            self._deployment.websocket_url,
            protocols=(SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX + person.access_token),
            max_msg_size=0,
        )
        connection = Connection(next(self._numbers), person, socket, self.watches)
        self.open_connections.append(connection)
        welcome = await connection.ask("hello")
        if welcome.get("action") != "welcome":
            raise NoAnswer(f"hello: {welcome}")
        return connection

    async def open_all(self, people: Sequence[Person]) -> list[Connection]:
        """A connection for each entry of the list, some at once."""
        gate = asyncio.Semaphore(OPENING_AT_ONCE)

        async def one(person: Person) -> Connection:
            async with gate:
                return await self.open(person)

        return await asyncio.gather(*(one(person) for person in people))

    async def close_all(self) -> None:
        """Hang up everywhere."""
        closing, self.open_connections = self.open_connections, []
        for start in range(0, len(closing), 100):
            await asyncio.gather(*(each.close() for each in closing[start : start + 100]))

    @classmethod
    @contextlib.asynccontextmanager
    async def to(cls, deployment: Deployment) -> AsyncIterator[Self]:
        """A fleet for one deployment."""
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            fleet = cls(deployment, session)
            try:
                yield fleet
            finally:
                await fleet.close_all()
