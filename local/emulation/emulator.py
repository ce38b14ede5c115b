"""MiniStack, the emulator of AWS services, embedded in this process behind a guard.

It keeps its state in module globals: there can be one at a time. It saves at a clean stop, and when it is told to.
"""

import asyncio
import contextlib
import importlib
import logging
import os
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from hypercorn.asyncio import serve
from hypercorn.config import Config

from local.emulation.guard import Guard
from local.origins import Origins, names_of
from local.sockets import LOOPBACK, listen, port_of

_READY_SECONDS = 20.0
_STOP_SECONDS = 20.0


class EmulatorFailed(Exception):
    """It did not come up, or did not stop."""


class Emulator:
    """One run of the emulator on a free port. `start` and `stop` block until it is done."""

    def __init__(self, state: Path, app_origins: frozenset[str]) -> None:
        self._state = state
        self._app_origins = app_origins
        self._loop = asyncio.new_event_loop()
        self._stopping = asyncio.Event()
        self._ready = threading.Event()
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="emulator", daemon=True)
        self._changed = threading.Event()
        self._listener = listen(0)
        self.port = port_of(self._listener)
        self.url = f"http://{LOOPBACK}:{self.port}"

    def start(self) -> None:
        """Answer requests. Raises EmulatorFailed."""
        self._app = self._prepare()
        self._thread.start()
        if not self._ready.wait(_READY_SECONDS) or self._error is not None:
            raise EmulatorFailed(f"the AWS emulator did not start: {self._error or 'no answer'}")

    def stop(self) -> None:
        """Save the state and stop. Raises EmulatorFailed, and then the state is as it was saved last."""
        faults = _SaveFaults()
        with faults.listening():
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join(_STOP_SECONDS)
        if self._thread.is_alive():
            raise EmulatorFailed("the AWS emulator did not stop; its state may not be saved")
        if faults.texts:
            raise EmulatorFailed(f"The state could not be saved, and is as it was saved before: {faults.texts[0]}")

    def save_if_changed(self) -> None:
        """Save what has changed since the last time, in the emulator's own thread; it returns at once."""
        if self._changed.is_set():
            self._changed.clear()
            self._loop.call_soon_threadsafe(_save)

    def _prepare(self) -> Any:
        """MiniStack's application on our state directory. Its environment must be complete before its import."""
        self._state.mkdir(parents=True, exist_ok=True)
        os.environ.update(
            BIND_HOST=LOOPBACK,
            GATEWAY_PORT=str(self.port),
            IOT_MTLS_ENABLED="0",
            LOG_LEVEL="WARNING",
            PERSIST_STATE="1",
            S3_DATA_DIR=str(self._state / "s3"),
            S3_PERSIST="1",
            SFTP_ENABLED="0",
            STATE_DIR=str(self._state),
        )
        application: Any = importlib.import_module("ministack.app")
        persistence: Any = importlib.import_module("ministack.core.persistence")
        if str(self._state) != persistence.STATE_DIR or _used.is_set():
            # An earlier run in this process imported it: forget what is left in memory, but not that run's files.
            persistence.PERSIST_STATE = False
            application._reset_all_state()
            persistence.PERSIST_STATE = True
            persistence.STATE_DIR = str(self._state)
        _used.set()
        return self._announcing(Guard(application.app, Origins(self._app_origins, names_of(self.port))))

    def _announcing(self, inner: Guard) -> Any:
        """The same application, telling `start` when its start-up is over."""

        async def application(scope: Any, receive: Any, send: Any) -> None:
            async def announce(message: Any) -> None:
                await send(message)
                if message["type"] == "lifespan.startup.complete":
                    self._ready.set()

            await inner(scope, receive, announce if scope["type"] == "lifespan" else send)
            if scope["type"] == "http" and _is_write(scope["headers"]):
                self._changed.set()

        return application

    def _run(self) -> None:
        config = Config()
        config.bind = [f"fd://{self._listener.detach()}"]
        config.graceful_timeout = 1
        config.loglevel = "WARNING"
        try:
            self._loop.run_until_complete(serve(self._app, config, shutdown_trigger=self._stopping.wait))
        except Exception as error:  # whatever it is, `start` tells it
            self._error = error
        finally:
            self._ready.set()
            self._loop.close()


def _is_write(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    target = next((value for name, value in headers if name == b"x-amz-target"), b"")
    service, _, operation = target.partition(b".")
    if service.startswith(b"AWSCognito"):
        return True
    return service.startswith(b"DynamoDB_") and operation.startswith(_WRITES)


_WRITES = (b"Put", b"Update", b"Delete", b"BatchWrite", b"TransactWrite", b"Create")


def _save() -> None:
    application: Any = importlib.import_module("ministack.app")
    persistence: Any = importlib.import_module("ministack.core.persistence")
    persistence.save_all(application._build_persistence_save_dict())


class _SaveFaults(logging.Handler):
    """MiniStack only logs that something could not be saved; this remembers it."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Remember an error."""
        self.texts.append(record.getMessage())

    @contextlib.contextmanager
    def listening(self) -> Iterator[None]:
        """Listen to the emulator's persistence."""
        logger = logging.getLogger("persistence")
        logger.addHandler(self)
        try:
            yield
        finally:
            logger.removeHandler(self)


_used = threading.Event()
"""Set once an emulator has run in this process."""
