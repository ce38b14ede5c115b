"""Open connections, and what waits to be sent to each."""

import asyncio
import contextlib
import time

from aiohttp import WSCloseCode, web

from local.gateway.events import Caller


class BufferFull(Exception):
    """The client reads too slowly: what it was sent has not left yet."""


class Connection:
    """One open WebSocket. Frames leave in the order in which they were posted."""

    def __init__(self, caller: Caller, authorizer: dict[str, str], socket: web.WebSocketResponse, buffer: int) -> None:
        self.caller = caller
        self.authorizer = authorizer
        self._socket = socket
        self._buffer_bytes = buffer
        self._waiting: asyncio.Queue[str] = asyncio.Queue()
        self._waiting_bytes = 0
        self._writer = asyncio.create_task(self._write())
        self.opened = self.last_active = time.monotonic()
        self.last_active_at = time.time()

    @property
    def id(self) -> str:
        """The connectionId."""
        return self.caller.connection_id

    def touch(self) -> None:
        """Data went over it: the idle time starts again."""
        self.last_active = time.monotonic()
        self.last_active_at = time.time()

    def post(self, text: str) -> None:
        """Send a text frame. Raises BufferFull."""
        size = len(text.encode())
        if self._waiting_bytes + size > self._buffer_bytes:
            raise BufferFull(self.id)
        self._waiting_bytes += size
        self._waiting.put_nowait(text)
        self.touch()

    async def close(self, code: int, reason: str = "") -> None:
        """Close it from our side, once what waits has had a second to leave."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._waiting.join(), 1)
        with contextlib.suppress(ConnectionError):
            await self._socket.close(code=code, message=reason.encode())

    def release(self) -> None:
        """The socket is closed: stop writing to it."""
        self._writer.cancel()

    async def _write(self) -> None:
        while True:
            text = await self._waiting.get()
            try:
                await self._socket.send_str(text)
            except ConnectionError:
                return
            finally:
                self._waiting_bytes -= len(text.encode())
                self._waiting.task_done()


class Connections:
    """The open connections by id. One that is still in its own $connect is not among them, as in AWS."""

    def __init__(self, idle_seconds: float, lifetime_seconds: float) -> None:
        self._open: dict[str, Connection] = {}
        self._idle = idle_seconds
        self._lifetime = lifetime_seconds

    def add(self, connection: Connection) -> None:
        """From now on it can be posted to."""
        self._open[connection.id] = connection

    def remove(self, connection: Connection) -> None:
        """From now on it is gone."""
        self._open.pop(connection.id, None)

    def get(self, connection_id: str) -> Connection | None:
        """The open connection, or None: 410."""
        return self._open.get(connection_id)

    def all(self) -> list[Connection]:
        """Every open connection."""
        return list(self._open.values())

    async def enforce_time_limits(self) -> None:
        """Close what is idle or old, for ever. Close code 1001, as API Gateway's."""
        interval = min(5.0, max(0.02, min(self._idle, self._lifetime) / 10))
        while True:
            await asyncio.sleep(interval)
            await self._close_all([connection for connection in self.all() if self._is_over(connection)])

    async def close_all(self) -> None:
        """The gateway stops."""
        await self._close_all(self.all())

    def _is_over(self, connection: Connection) -> bool:
        now = time.monotonic()
        return now - connection.last_active > self._idle or now - connection.opened > self._lifetime

    async def _close_all(self, connections: list[Connection]) -> None:
        for connection in connections:
            self.remove(connection)
        await asyncio.gather(*(connection.close(WSCloseCode.GOING_AWAY, "Going away") for connection in connections))
