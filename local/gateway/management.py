"""The `@connections` API, by which functions reach the connections.

https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
"""

from datetime import UTC, datetime

from aiohttp import WSCloseCode, hdrs, web

from local.gateway.connections import BufferFull, Connection, Connections
from local.settings import Limits

BASE = "/connections-api"


class ManagementApi:
    """POST sends, GET tells, DELETE closes; 410 for a connection that is not open."""

    def __init__(self, connections: Connections, limits: Limits) -> None:
        self._connections = connections
        self._limits = limits

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Take the paths below BASE."""
        path = f"{BASE}/@connections/{{connection_id}}"
        router.add_post(path, self._post)
        router.add_get(path, self._get)
        router.add_delete(path, self._delete)

    async def _post(self, request: web.Request) -> web.Response:
        connection = self._find(request)
        if request.content_length is not None and request.content_length > self._limits.message_bytes:
            return _answer(413, "Payload Too Large")
        data = await request.read()
        if len(data) > self._limits.message_bytes:
            return _answer(413, "Payload Too Large")
        try:
            connection.post(data.decode(errors="replace"))
        except BufferFull:
            return _answer(429, "Rate Exceeded")
        return web.Response()

    async def _get(self, request: web.Request) -> web.Response:
        connection = self._find(request)
        caller = connection.caller
        return web.json_response(
            {
                "connectedAt": _iso(caller.connected_at / 1000),
                "identity": {"sourceIp": caller.source_ip, "userAgent": caller.user_agent},
                "lastActiveAt": _iso(connection.last_active_at),
            }
        )

    async def _delete(self, request: web.Request) -> web.Response:
        connection = self._find(request)
        self._connections.remove(connection)
        await connection.close(WSCloseCode.OK, "Connection Closed Normally")
        return web.Response(status=204)

    def _find(self, request: web.Request) -> Connection:
        signature = request.headers.get(hdrs.AUTHORIZATION, "")
        if not signature.startswith("AWS4-HMAC-SHA256 "):
            raise web.HTTPForbidden(text='{"message": "Missing Authentication Token"}', content_type="application/json")
        connection = self._connections.get(request.match_info["connection_id"])
        if connection is None:
            raise web.HTTPGone(text='{"message": "Gone"}', content_type="application/json")
        return connection


def _answer(status: int, text: str) -> web.Response:
    return web.json_response({"message": text}, status=status)


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
