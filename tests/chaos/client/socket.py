"""One WebSocket: it opens once and closes once (socket.ts, pendingRequests.ts)."""

import asyncio
import contextlib
import json
import time
import uuid
from collections.abc import Callable

import aiohttp

from tests.chaos.client.errors import Frame, OutcomeUnknown, Refused

NORMAL = 1000
UNRESPONSIVE = 4000

OnEvent = Callable[[Frame, float | None], None]
"""A frame, and when the command was sent that it answers; None for a push."""


class Socket:
    """An open connection."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._pending: dict[str, asyncio.Future[Frame]] = {}
        self._asked: dict[str, float] = {}
        self.on_event: OnEvent = lambda _event, _asked: None
        self.closed = asyncio.Event()
        self.last_sent = self.last_heard = time.monotonic()
        self._tasks = {asyncio.create_task(self._read())}

    @property
    def is_closed(self) -> bool:
        """Nothing more will come."""
        return self.closed.is_set()

    @property
    def is_idle(self) -> bool:
        """No command waits for its answer."""
        return not self._pending

    async def request(self, command: Frame, timeout: float) -> Frame:
        """One try. Raises Refused or OutcomeUnknown."""
        if self.is_closed:
            raise OutcomeUnknown("not connected")
        request_id = str(uuid.uuid4())
        reply = self._pending[request_id] = asyncio.get_running_loop().create_future()
        self._asked[request_id] = self.last_sent = time.monotonic()
        try:
            async with asyncio.timeout(timeout):
                # None means, as in the app's commands, that the field is not sent.
                given = {name: value for name, value in command.items() if value is not None}
                await self._socket.send_str(json.dumps({**given, "requestId": request_id}))
                return dict(await reply)
        except TimeoutError:
            raise OutcomeUnknown("no answer in time") from None
        except (ConnectionError, aiohttp.ClientError):
            raise OutcomeUnknown("the connection closed") from None
        finally:
            self._pending.pop(request_id, None)

    async def retire(self, grace: float) -> None:
        """Let what is under way finish, then close. For a connection that has been replaced."""
        until = time.monotonic() + grace
        while self._pending and time.monotonic() < until and not self.is_closed:
            await asyncio.sleep(0.05)
        self.close()

    def close(self, code: int = NORMAL) -> None:
        """End it at once: a dead network would take minutes to finish a closing handshake."""
        if not self.is_closed:
            self._tasks.add(asyncio.create_task(self._close(code)))
        self._finish()

    async def ended(self) -> None:
        """Once `close` was called: wait until the socket is closed."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _close(self, code: int) -> None:
        with contextlib.suppress(ConnectionError, aiohttp.ClientError):
            await self._socket.close(code=code)

    async def _read(self) -> None:
        try:
            async for message in self._socket:
                if message.type is aiohttp.WSMsgType.TEXT and not self.is_closed:
                    self._receive(json.loads(message.data))
        finally:
            self._finish()

    def _receive(self, frame: Frame) -> None:
        self.last_heard = time.monotonic()
        if "action" not in frame:
            # API Gateway's own error names no request of ours: all of them may be asked again.
            self._fail_all("the gateway says: " + str(frame.get("message")))
            return
        request_id = frame.get("requestId")
        self.on_event(frame, self._asked.get(request_id) if request_id is not None else None)
        reply = self._pending.pop(request_id, None) if request_id is not None else None
        if reply is None or reply.done():
            return
        if frame["action"] != "error":
            reply.set_result(frame)
        elif frame["code"] == "internal":
            reply.set_exception(OutcomeUnknown(frame["message"]))
        else:
            reply.set_exception(Refused(frame))

    def _fail_all(self, reason: str) -> None:
        pending, self._pending = self._pending, {}
        for reply in pending.values():
            if not reply.done():
                reply.set_exception(OutcomeUnknown(reason))

    def _finish(self) -> None:
        if not self.is_closed:
            self.closed.set()
            self._fail_all("the connection closed")
