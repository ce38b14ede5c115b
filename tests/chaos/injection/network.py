"""What befalls the gateway as a whole, from time to time: connections break in number, and it goes away and returns."""

import asyncio
import contextlib
import math
from typing import Any

from local.gateway.connections import Connections
from local.gateway.server import Gateway
from local.sockets import listen, port_of
from tests.chaos.injection.gateway import GatewayFaults, cut
from tests.chaos.injection.kinds import FaultProfile, Faults
from tests.chaos.injection.patches import Patches


class Network:
    """Patch before the stack starts; `apply_profile` runs on the clients' event loop."""

    def __init__(self, faults: Faults, patches: Patches, gateway_faults: GatewayFaults) -> None:
        self._patches = patches
        self._gateway_faults = gateway_faults
        self._faults = faults
        self._restarted = faults.kind("gateway restarted", 0.02, cuts=True)
        self._broken = faults.kind("all connections of the moment cut", 0.02, cuts=True)
        self._cut = faults.kind("connection cut while it is quiet", 0.3, cuts=True)
        self._gateway: Gateway | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._port = 0

    def install(self) -> None:
        """Get to know the gateway as it starts."""

        async def start(gateway: Gateway, listener: Any) -> None:
            self._gateway, self._loop, self._port = gateway, asyncio.get_running_loop(), port_of(listener)
            await started(gateway, listener)

        started = self._patches.put(Gateway, "start", start)

    @property
    def connections(self) -> Connections:
        """Of the gateway that runs."""
        assert self._gateway is not None
        return self._gateway._connections

    def calm(self) -> None:
        """No connection is ended for its age any more."""
        self.connections._lifetime = self.connections._idle = math.inf

    async def apply_profile(self) -> None:
        """Every second something may happen, until the faults are off."""
        while self._faults.profile is FaultProfile.ALL:
            await asyncio.sleep(1)
            if self._restarted.strikes():
                await self._on_gateway(self._restart(self._restarted.between(0.1, 2)))
            elif self._broken.strikes():
                await self._on_gateway(self._cut_all())
            elif self._cut.strikes():
                await self._on_gateway(self._cut_one(self._cut.between(0, 1)))

    async def _on_gateway(self, work: Any) -> None:
        assert self._loop is not None
        await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))

    async def _cut_one(self, which: float) -> None:
        connections = self.connections.all()
        if connections:
            cut(connections[int(which * len(connections))])

    async def _cut_all(self) -> None:
        for connection in self.connections.all():
            cut(connection)

    async def _restart(self, seconds: float) -> None:
        """Nobody is told that these connections are over: neither the clients, but by TCP, nor the functions."""
        gateway = self._gateway
        assert gateway is not None
        for connection in self.connections.all():
            self._gateway_faults.end_unannounced(connection)
        gateway._timer.cancel()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(gateway._runner.cleanup(), 5)
        await asyncio.sleep(seconds)
        await gateway.start(listen(self._port))
