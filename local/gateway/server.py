"""The HTTP server: who may talk to it, and what is where."""

import asyncio
import contextlib
import socket
from collections.abc import Mapping
from typing import Any

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

from local.functions import Functions
from local.gateway.connections import Connections
from local.gateway.http import HttpApi
from local.gateway.logs import quiet_logger
from local.gateway.management import ManagementApi
from local.gateway.site import Site
from local.gateway.websocket import WebSocketApi
from local.invocation import Invoker
from local.origins import Origins
from local.settings import Settings

WEBSOCKET_PATH = "/ws"
_DISCONNECT_SECONDS = 3.0


class Gateway:
    """Start it and stop it on one event loop."""

    def __init__(
        self,
        settings: Settings,
        functions: Functions,
        invoker: Invoker,
        origins: Origins,
        config: Mapping[str, Any],
    ) -> None:
        limits = settings.limits
        self._limits = limits
        self._origins = origins
        self._connections = Connections(limits.idle_seconds, limits.lifetime_seconds)
        self._websocket = WebSocketApi(functions, invoker, self._connections, limits)
        self._app = web.Application(middlewares=[self._refuse_strangers], client_max_size=limits.message_bytes + 1)
        self._app.router.add_get(WEBSOCKET_PATH, self._websocket.handle)
        HttpApi(functions, invoker, limits).add_routes(self._app.router)
        ManagementApi(self._connections, limits).add_routes(self._app.router)
        Site(settings.site, config).add_routes(self._app.router)

    async def start(self, listener: socket.socket) -> None:
        """Answer requests on a listening socket, which from now on is the gateway's."""
        self._runner = web.AppRunner(
            self._app,
            access_log=None,
            logger=quiet_logger(),
            shutdown_timeout=1,
            max_field_size=self._limits.header_bytes,
        )
        await self._runner.setup()
        await web.SockSite(self._runner, listener).start()
        self._timer = asyncio.create_task(self._connections.enforce_time_limits())

    async def stop(self) -> None:
        """Close every connection (1001), let the functions for $disconnect run, and stop listening."""
        self._timer.cancel()
        await self._connections.close_all()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._websocket.drain(), _DISCONNECT_SECONDS)
        await self._runner.cleanup()

    @web.middleware
    async def _refuse_strangers(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """No web page but the app itself may use this server, under whatever name it reached this machine."""
        reason = self._origins.refusal(request.headers.get(hdrs.HOST), request.headers.get(hdrs.ORIGIN))
        if reason:
            raise web.HTTPForbidden(text=reason)
        return await handler(request)
