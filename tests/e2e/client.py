"""A client over a real WebSocket that asks, and hears."""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Self

import aiohttp

from shared.protocol.limits import SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX
from tests.e2e.people import Deployment, Person

Frame = dict[str, Any]

PATIENCE_SECONDS = 15.0
"""How long a frame that must come may take on a slow machine. A test never asserts that one came fast."""


class Closed(Exception):
    """The server closed the connection; `code` is its close code."""

    def __init__(self, code: int | None) -> None:
        super().__init__(f"closed with {code}")
        self.code = code


class Client:
    """One connection. Frames that nobody has asked for yet are kept in `frames`, in order."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, person: Person) -> None:
        self.socket = socket
        self.person = person
        self.frames: list[Frame] = []
        self.sizes: list[int] = []
        """The bytes of every frame that came."""
        self._news = asyncio.Condition()
        self._is_over = False
        self._reader = asyncio.create_task(self._read())
        self._numbers = itertools.count(1)

    @property
    def user_id(self) -> str:
        return self.person.user_id

    async def say(self, text: str | bytes) -> None:
        """Send a frame as it is."""
        if isinstance(text, bytes):
            await self.socket.send_bytes(text)
        else:
            await self.socket.send_str(text)

    async def tell(self, action: str, **fields: Any) -> None:
        """Send a command without waiting for its reply, and without a requestId."""
        await self.say(json.dumps({"action": action, **fields}))

    async def ask(self, action: str, **fields: Any) -> Frame:
        """Send a command and return its reply, or the error to it."""
        request_id = f"request-{next(self._numbers)}"
        await self.tell(action, requestId=request_id, **fields)
        return await self.hear(requestId=request_id)

    async def hear(self, action: str | None = None, **fields: Any) -> Frame:
        """The next frame with this action and these fields, among the kept ones or those still to come."""
        wanted = fields if action is None else {"action": action, **fields}
        async with asyncio.timeout(PATIENCE_SECONDS), self._news:
            while True:
                for place, frame in enumerate(self.frames):
                    if _fits(frame, wanted):
                        return self.frames.pop(place)
                if self._is_over:
                    raise Closed(self.socket.close_code)
                await self._news.wait()

    async def all_heard(self) -> list[Frame]:
        """Everything that was pushed until now and not heard yet; clears it."""
        await self.ask("ping")
        frames, self.frames = self.frames, []
        return frames

    async def closed(self) -> int | None:
        """Wait until the server closes; its code."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            await self._reader
        return self.socket.close_code

    async def hang_up(self) -> None:
        """Close the connection."""
        await self.socket.close()
        await self._reader

    async def _read(self) -> None:
        async for message in self.socket:
            async with self._news:
                self.frames.append(json.loads(message.data))
                self.sizes.append(len(message.data.encode()))
                self._news.notify_all()
        async with self._news:
            self._is_over = True
            self._news.notify_all()


def _fits(frame: Frame, wanted: Frame) -> bool:
    return all(frame.get(name) == value for name, value in wanted.items())


class Door:
    """Opens connections to one deployment, and closes them all in the end."""

    def __init__(self, deployment: Deployment, session: aiohttp.ClientSession) -> None:
        self.deployment = deployment
        self._session = session
        self._open: list[Client] = []

    async def open(self, person: Person, *, hello: bool = True) -> Client:
        """A connection as the app makes it: token in the subprotocol, then `hello`."""
        client = await self.open_with(person, protocols=(SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX + person.access_token))
        if hello:
            welcome = await client.ask("hello")
            assert welcome["action"] == "welcome", welcome
        return client

    async def open_with(
        self, person: Person, protocols: tuple[str, ...] = (), headers: dict[str, str] | None = None
    ) -> Client:
        """A connection whose handshake is just this. Raises aiohttp.WSServerHandshakeError."""
        socket = await self._session.ws_connect(
            self.deployment.websocket_url, protocols=protocols, headers=headers or {}, max_msg_size=0
        )
        client = Client(socket, person)
        self._open.append(client)
        return client

    async def newcomer(self, name: str) -> Client:
        """A new person, connected."""
        person = await asyncio.to_thread(self.deployment.person, name)
        return await self.open(person)

    @classmethod
    @asynccontextmanager
    async def to(cls, deployment: Deployment) -> AsyncIterator[Self]:
        """The door to a deployment."""
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector, max_line_size=200_000, max_field_size=200_000) as session:
            door = cls(deployment, session)
            try:
                yield door
            finally:
                await asyncio.gather(*(client.hang_up() for client in door._open))


async def make_room(admin: Client, *members: Client, visibility: str = "open", name: str = "A room") -> str:
    """A room with these members."""
    created = await admin.ask("createRoom", roomName=name, visibility=visibility)
    room_id: str = created["roomId"]
    for member in members:
        joined = await member.ask("joinRoom", subAction="request", roomId=room_id)
        if joined["status"] == "pending":
            await admin.ask("joinRoom", subAction="approve", roomId=room_id, targetUserId=member.user_id)
            await member.hear("joinResponse", roomId=room_id, status="approved")
    return room_id
