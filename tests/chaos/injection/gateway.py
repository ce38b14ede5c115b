"""Faults of API Gateway and of the network to the clients: pushes, replies, connections, `@connections`, restarts."""

import asyncio
import contextlib
import time
from collections.abc import Callable
from typing import Any

from aiohttp import web

from local.gateway.connections import BufferFull, Connection, Connections
from local.gateway.management import ManagementApi
from local.gateway.websocket import WebSocketApi
from tests.chaos.injection.kinds import Faults
from tests.chaos.injection.patches import Patches


class GatewayFaults:
    """Patch before the stack starts. Everything here runs on the gateway's event loop."""

    def __init__(self, faults: Faults, patches: Patches) -> None:
        self._patches = patches
        self._push_lost = faults.kind("push lost", 0.01, cuts=True)
        self._push_doubled = faults.kind("push doubled", 0.02)
        self._push_late = faults.kind("push late, so that others overtake it", 0.03)
        self._reply_lost = faults.kind("reply lost", 0.005, cuts=True)
        self._cut_before = faults.kind("connection cut as a command arrives", 0.004, cuts=True)
        self._cut_after = faults.kind("connection cut before the reply", 0.004, cuts=True)
        self._half_open = faults.kind("connection half open: nobody says that it is over", 0.003, cuts=True)
        self._gone = faults.kind("connection gone (410), and the client does not know", 0.003, cuts=True)
        self._no_disconnect = faults.kind("$disconnect left out", 0.1, cuts=True)
        self._throttled = faults.kind("@connections answers 429", 0.01)
        self._slow_reader = faults.kind("slow reader: 429 for a while", 0.0005, cuts=True)
        self._failed = faults.kind("@connections answers 5xx", 0.01)
        self._hangs = faults.kind("@connections answers late", 0.003)
        self._answer_lost = faults.kind("@connections delivers, and its answer is lost", 0.005)
        self._too_old = faults.kind("connection expired at its greatest age, or idle", 0.02, cuts=True)
        self._swallowed: set[str] = set()
        """Connections whose frames no longer arrive, in either direction."""
        self._unannounced: set[str] = set()
        """Connections whose end no $disconnect tells."""
        self._slow_until: dict[str, float] = {}

    def install(self) -> None:
        """Patch the gateway's classes."""
        self._frames_out()
        self._frames_in()
        self._management()
        self._ages()

    def _frames_out(self) -> None:
        original: Callable[[Connection, str], None] = Connection.post

        def later(connection: Connection, text: str) -> None:
            with contextlib.suppress(BufferFull):
                original(connection, text)

        def post(connection: Connection, text: str) -> None:
            if connection.id in self._swallowed:
                return
            if '"requestId":' in text:
                if not self._reply_lost.strikes():
                    original(connection, text)
            elif self._push_lost.strikes():
                return
            elif self._push_late.strikes():
                delay = self._push_late.between(0.02, 1.5)
                asyncio.get_running_loop().call_later(delay, later, connection, text)
            else:
                if self._push_doubled.strikes():
                    later(connection, text)
                original(connection, text)

        self._patches.put(Connection, "post", post)

    def _frames_in(self) -> None:
        async def message(api: WebSocketApi, connection: Connection, body: str) -> None:
            if connection.id in self._swallowed:
                return
            if self._half_open.strikes():
                self._swallowed.add(connection.id)
                return
            if self._gone.strikes():
                self._swallowed.add(connection.id)
                self._unannounced.add(connection.id)
                api._connections.remove(connection)
                return
            if self._cut_before.strikes():
                cut(connection)
                return
            cut_after = self._cut_after.strikes()
            if cut_after:
                self._swallowed.add(connection.id)
            await handled(api, connection, body)
            if cut_after:
                cut(connection)

        async def disconnect(api: WebSocketApi, caller: Any, context: dict[str, str], code: int) -> None:
            if caller.connection_id not in self._unannounced and not self._no_disconnect.strikes():
                await said(api, caller, context, code)

        handled = self._patches.put(WebSocketApi, "_message", message)
        said = self._patches.put(WebSocketApi, "_disconnect", disconnect)

    def _management(self) -> None:
        async def post(api: ManagementApi, request: web.Request) -> web.StreamResponse:
            connection_id = request.match_info["connection_id"]
            if self._slow_reader.strikes():
                self._slow_until[connection_id] = time.monotonic() + self._slow_reader.between(2, 20)
            if self._slow_until.get(connection_id, 0) > time.monotonic() or self._throttled.strikes():
                return web.json_response({"message": "Rate Exceeded"}, status=429)
            if self._failed.strikes():
                return web.json_response({"message": "Internal server error"}, status=503)
            if self._hangs.strikes():
                await asyncio.sleep(self._hangs.between(0.5, 8))
            answer: web.StreamResponse = await posted(api, request)
            if self._answer_lost.strikes() and request.transport is not None:
                request.transport.abort()
            return answer

        posted = self._patches.put(ManagementApi, "_post", post)

    def _ages(self) -> None:
        def is_over(connections: Connections, connection: Connection) -> bool:
            if judged(connections, connection):
                self._too_old.count()
                return True
            return self._too_old.strikes()

        judged = self._patches.put(Connections, "_is_over", is_over)

    def end_unannounced(self, connection: Connection) -> None:
        """Cut a connection without a $disconnect."""
        self._unannounced.add(connection.id)
        cut(connection)

    def heal(self) -> None:
        """No connection stays slow. Those that are half open stay so: their clients are to find out."""
        self._slow_until.clear()


def cut(connection: Connection) -> None:
    """End the TCP connection without a word."""
    request = connection._socket._req
    if request is not None and request.transport is not None:
        request.transport.abort()
