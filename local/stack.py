"""A whole Parley in this process: `with LocalStack(Settings(state=...)) as stack: stack.outputs[...]`.

One at a time in a process: functions are imported into it, and share its environment.
"""

import asyncio
import contextlib
import threading
from collections.abc import Coroutine
from typing import Any, Self

from local import environment, outputs
from local.emulation import queues, state, tables, user_pool
from local.emulation.emulator import Emulator
from local.emulation.saver import Saver
from local.functions import Functions
from local.gateway import http, management
from local.gateway.server import WEBSOCKET_PATH, Gateway
from local.invocation import Invoker
from local.origins import site_origins
from local.outputs import Outputs
from local.pumps import Pumps
from local.reloading import Reloader
from local.settings import Settings
from local.sockets import LOOPBACK, listen, port_of

_STEP_SECONDS = 30.0


class LocalStack:
    """Start it, use `outputs`, stop it; or use it as a context manager. Both block until all is done.

    `start` raises PortBusy, FunctionsBroken or EmulatorFailed, and leaves nothing running.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.outputs: Outputs = {}
        self.variables: dict[str, str] = {}
        """What the handlers' environment was set to; a test reaches tables and queues with it."""
        self.functions = Functions(settings.lambdas)
        self._cleanup = contextlib.ExitStack()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Bring everything up."""
        with contextlib.ExitStack() as cleanup:
            self._start(cleanup)
            self._cleanup = cleanup.pop_all()

    def stop(self) -> None:
        """Close the connections, save the state, and put the process back as it was. Twice does no harm."""
        self._cleanup.close()

    def _start(self, cleanup: contextlib.ExitStack) -> None:
        settings, functions = self.settings, self.functions
        listener = listen(settings.port)
        cleanup.callback(listener.close)
        port = port_of(listener)
        site_url = f"http://{LOOPBACK}:{port}"
        websocket_url = f"ws://{LOOPBACK}:{port}{WEBSOCKET_PATH}"
        functions.read_files()
        origins = site_origins(port, settings.app_origin)

        cleanup.enter_context(state.locked(settings.state))
        for file in state.set_aside_unreadable(settings.state / "emulator"):
            print(f"A part of the saved state cannot be read. It is kept as {file}, and Parley starts without it.")
        emulator = Emulator(settings.state / "emulator", origins.origins)
        emulator.start()
        cleanup.callback(emulator.stop)
        if settings.save_seconds is not None:
            saver = Saver(emulator.save_if_changed, settings.save_seconds)
            saver.start()
            cleanup.callback(saver.stop)
        pool = user_pool.ensure(emulator.url)
        queue_files = queues.names(functions.files.values())
        queues.ensure(emulator.url, settings.table_prefix, queue_files, settings.queue_visibility_seconds)

        dynamodb = settings.dynamodb_endpoint or emulator.url
        self.variables = {
            **functions.environment(),
            **environment.variables(settings, dynamodb, site_url + management.BASE, websocket_url, queue_files, pool),
            **settings.environment,
        }
        changes = environment.Environment()
        cleanup.callback(changes.restore)
        changes.forget("AWS_SESSION_TOKEN")
        changes.set(self.variables)
        cleanup.callback(functions.unload)
        functions.load()
        if settings.tables:
            tables.ensure(dynamodb, settings.table_prefix)

        self.outputs = outputs.of(site_url, websocket_url, site_url + http.BASE, pool)
        outputs.write(self.outputs, settings.outputs or settings.state / "outputs.json")
        invoker = Invoker(functions, settings.threads)
        cleanup.callback(invoker.close)
        config = outputs.app_config(self.outputs, mock_auth=settings.mock_auth)
        gateway = Gateway(settings, functions, invoker, origins, config)
        loop = _start_loop(cleanup)
        pumps = Pumps(functions, invoker, emulator.url, dynamodb, settings)
        pumps.start()
        cleanup.callback(pumps.stop)
        _run(loop, gateway.start(listener))
        cleanup.callback(lambda: _run(loop, gateway.stop()))  # before the pumps, which then work off what is left
        if settings.watch:
            reloader = Reloader(functions, settings.lambdas)
            reloader.start()
            cleanup.callback(reloader.stop)


def _start_loop(cleanup: contextlib.ExitStack) -> asyncio.AbstractEventLoop:
    """An event loop in a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="gateway", daemon=True)
    thread.start()

    def stop() -> None:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()

    cleanup.callback(stop)
    return loop


def _run(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, None]) -> None:
    asyncio.run_coroutine_threadsafe(work, loop).result(_STEP_SECONDS)
