"""The life of a WebSocket: authorizer, $connect, messages by route, $disconnect."""

import asyncio
import base64
import contextlib
import json
import logging
import os
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, hdrs, web
from aiohttp.log import ws_logger

from local.functions import Functions
from local.gateway import authorizer, events
from local.gateway.connections import BufferFull, Connection, Connections
from local.gateway.events import Caller
from local.invocation import InvocationFailed, Invoker
from local.settings import Limits

# Its warnings quote the subprotocols that a client offers, and one of them holds the token.
ws_logger.setLevel(logging.ERROR)

_CLOSE_SECONDS = 1.0
_ABNORMAL = 1006


class MalformedReply(Exception):
    """Not what a Lambda behind a route may answer; API Gateway makes it an internal server error."""


class WebSocketApi:
    """Handles one WebSocket API's requests. Frames of one connection are handled concurrently, as in AWS."""

    def __init__(self, functions: Functions, invoker: Invoker, connections: Connections, limits: Limits) -> None:
        self._functions = functions
        self._invoker = invoker
        self._connections = connections
        self._limits = limits
        self._tasks: set[asyncio.Task[Any]] = set()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One connection from its handshake to its end."""
        if request.headers.get(hdrs.UPGRADE, "").lower() != "websocket":
            raise web.HTTPUpgradeRequired(text="This address speaks WebSocket only.")
        caller = Caller(request.host, request.remote or "", request.headers.get(hdrs.USER_AGENT, ""))
        context = await self._authorize(caller, request)
        answer = await self._connect(caller, context, request)
        socket = self._socket(answer, request)
        this = asyncio.current_task()
        assert this is not None
        self._tasks.add(this)
        this.add_done_callback(self._tasks.discard)
        try:
            with contextlib.suppress(ConnectionResetError):
                # A client may leave during its handshake; reading then finds the end at once.
                await socket.prepare(request)
            if not socket.prepared:
                return socket
            connection = Connection(caller, context, socket, self._limits.send_buffer_bytes)
            self._connections.add(connection)
            try:
                await self._receive(connection, socket)
            finally:
                self._connections.remove(connection)
                connection.release()
        finally:
            self._spawn(self._disconnect(caller, context, socket.close_code or _ABNORMAL))
        return socket

    async def drain(self) -> None:
        """Wait for the connections to end, and for the functions that are running."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _authorize(self, caller: Caller, request: web.Request) -> dict[str, str]:
        function = self._functions.authorizer()
        if function is None:
            return {"principalId": ""}
        event = events.authorization(caller, request.headers, request.query)
        try:
            answer = await self._call(function, event)
            allowed = authorizer.allows(answer, event["methodArn"])
            context = authorizer.context_of(answer)
        except InvocationFailed as error:
            if error.reason == "Unauthorized":
                raise _refusal(401, "Unauthorized") from None
            raise _refusal(500, "Internal server error") from None
        except authorizer.MalformedAnswer:
            raise _refusal(500, "Internal server error") from None
        if not allowed:
            raise _refusal(403, "Forbidden")
        return context

    async def _connect(self, caller: Caller, context: dict[str, str], request: web.Request) -> dict[str, Any]:
        function = self._functions.routes().get("$connect")
        if function is None:
            return {}
        try:
            answer = await self._call(function, events.connected(caller, context, request.headers, request.query))
            status = int(answer["statusCode"])
        except (InvocationFailed, KeyError, TypeError, ValueError):
            raise _refusal(502, "Internal server error") from None
        if not 200 <= status < 300:  # noqa: PLR2004
            raise _refusal(status, str(answer.get("body") or "Forbidden"))
        return dict(answer)

    def _socket(self, answer: dict[str, Any], request: web.Request) -> web.WebSocketResponse:
        headers = {name.lower(): value for name, value in (answer.get("headers") or {}).items()}
        chosen = headers.get("sec-websocket-protocol")
        offered = [name.strip() for name in request.headers.get(hdrs.SEC_WEBSOCKET_PROTOCOL, "").split(",")]
        socket = web.WebSocketResponse(
            protocols=(chosen,) if chosen in offered else (),
            timeout=_CLOSE_SECONDS,
            compress=False,
            max_msg_size=self._limits.message_bytes + 1,  # aiohttp refuses from this size on
        )
        if chosen is not None and chosen not in offered:
            socket.headers[hdrs.SEC_WEBSOCKET_PROTOCOL] = chosen  # wrong, and shown as it is: browsers refuse it
        return socket

    async def _receive(self, connection: Connection, socket: web.WebSocketResponse) -> None:
        async for frame in socket:
            connection.touch()
            if frame.type is not WSMsgType.TEXT:
                await socket.close(code=WSCloseCode.UNSUPPORTED_DATA, message=b"Binary frames are not supported")
                return
            self._spawn(self._message(connection, frame.data))

    async def _message(self, connection: Connection, body: str) -> None:
        reply = await self._reply(connection, body)
        if reply:
            try:
                connection.post(reply)
            except BufferFull:
                await connection.close(WSCloseCode.GOING_AWAY, "Too slow")

    async def _reply(self, connection: Connection, body: str) -> str | None:
        """What the route of a frame answers to the caller."""
        routes = self._functions.routes()
        route = events.route_of(body, routes)
        if route not in routes:
            return _own_error(connection.id, "Forbidden")
        event = events.message(connection.caller, connection.authorizer, route, body)
        try:
            return _route_response(await self._call(routes[route], event))
        except (InvocationFailed, MalformedReply):
            return _own_error(connection.id, "Internal server error")

    async def _disconnect(self, caller: Caller, context: dict[str, str], code: int) -> None:
        function = self._functions.routes().get("$disconnect")
        if function is None:
            return
        try:
            await self._call(function, events.disconnected(caller, context, code, ""))
        except InvocationFailed:
            return  # best effort, as with API Gateway; the invocation has already told what went wrong

    async def _call(self, function: str, event: dict[str, Any]) -> Any:
        return await self._invoker.call(function, event, self._limits.integration_seconds)

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _route_response(answer: Any) -> str | None:
    """What a Lambda's proxy answer sends to the caller. Raises MalformedReply."""
    if not isinstance(answer, dict) or "statusCode" not in answer:
        raise MalformedReply("not a proxy answer")
    body = answer.get("body")
    if not isinstance(body, str | None):
        raise MalformedReply("body is not a string")
    return body


def _own_error(connection_id: str, text: str) -> str:
    """API Gateway's own frame, which has no action."""
    request_id = base64.b64encode(os.urandom(11)).decode()
    return json.dumps({"message": text, "connectionId": connection_id, "requestId": request_id})


def _refusal(status: int, text: str) -> web.HTTPException:
    class Refusal(web.HTTPException):
        status_code = status

    return Refusal(text=json.dumps({"message": text}), content_type="application/json")
