"""Keeps one person connected: opens, greets, replaces before the end, comes back after a loss (connection.ts)."""

import asyncio
import contextlib
import math
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

import aiohttp

from tests.chaos.client.errors import Frame, OutcomeUnknown, Refused, retry_delay
from tests.chaos.client.pace import Pace
from tests.chaos.client.socket import UNRESPONSIVE, Socket

ASK_ATTEMPTS = 6
_ATTEMPTS_PER_FORCED_REFRESH = 4


@dataclass(frozen=True)
class Handlers:
    """What a connection needs, and whom it tells. `open` takes whether the token must be a new one."""

    open: Callable[[bool], Awaitable[aiohttp.ClientWebSocketResponse]]
    rooms_to_check: Callable[[], list[str]]
    on_state: Callable[[list[Frame], float], None]
    """All rooms as `welcome` and the pages after it list them, and when hello was said."""
    on_event: Callable[[Frame, float | None], None]


@dataclass
class Asking:
    """How a command that is repeated until there is an answer has fared so far."""

    tries: int = 0
    in_doubt: bool = False
    """A try was left without an answer that says whether it took effect."""


class Connection:
    """`run` it in a task; `stop` it to end it."""

    def __init__(self, handlers: Handlers, pace: Pace, rng: random.Random) -> None:
        self._handlers = handlers
        self._pace = pace
        self._rng = rng
        self._current: Socket | None = None
        self._connected = asyncio.Event()
        self._replace = asyncio.Event()
        self._stopped = False
        self._attempt = 0
        self._token_refused = False
        self._probing = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._sockets: list[Socket] = []

    @property
    def is_idle(self) -> bool:
        """Connected, and nothing asked is unanswered."""
        return self._current is not None and self._current.is_idle and not self._probing

    async def run(self) -> None:
        """Until `stop`."""
        while not self._stopped:
            at_least = 0.0
            try:
                socket = await self._open()
                since = time.monotonic()
                await self._until_end_or_replacement(socket)
                if time.monotonic() - since >= self._pace.stable:
                    self._attempt = 0
                if not socket.is_closed and not self._token_refused:
                    continue
            except OutcomeUnknown:
                pass
            except Refused as refused:
                at_least = (refused.retry_after_ms or 0) / 1000
            await asyncio.sleep(at_least + self._pace.backoff(self._attempt, self._rng))
            self._attempt += 1

    async def stop(self) -> None:
        """Close, and wait until everything is closed."""
        self._stopped = True
        for socket in self._sockets:
            socket.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*(socket.ended() for socket in self._sockets), *self._tasks, return_exceptions=True)

    def stay(self) -> None:
        """From the next connection on, keep it."""
        self._pace = replace(self._pace, earliest_replacement=math.inf, latest_replacement=math.inf)

    def restart(self) -> None:
        """The network has gone and come back: begin anew, at once."""
        self._attempt = 0
        if self._current is not None:
            self._current.close(UNRESPONSIVE)

    async def request(self, command: Frame) -> Frame:
        """One try, on the connection as it is. Raises Refused or OutcomeUnknown."""
        socket = self._current
        if socket is None:
            raise OutcomeUnknown("not connected")
        try:
            return await socket.request(command, self._pace.request_timeout)
        except OutcomeUnknown:
            self._spawn(self.probe())
            raise
        except Refused as refused:
            if refused.is_of_the_token:
                self._renew_token()
            raise

    async def ask(self, command: Frame, asking: Asking | None = None) -> Frame:
        """Ask until there is an answer, for a while. Raises Refused or OutcomeUnknown."""
        asking = asking or Asking()
        for attempt in range(ASK_ATTEMPTS):
            await self.until_connected(self._pace.connect_patience)
            asking.tries += 1
            try:
                return await self.request(command)
            except (Refused, OutcomeUnknown) as error:
                asking.in_doubt |= isinstance(error, OutcomeUnknown)
                delay = retry_delay(error, attempt, self._pace, self._rng)
                if delay is None or attempt + 1 == ASK_ATTEMPTS:
                    raise
                await asyncio.sleep(delay)
        raise AssertionError("unreachable")

    async def until_connected(self, patience: float | None = None) -> None:
        """Wait for a connection, so many seconds or for ever."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self._connected.wait()

    async def probe(self) -> None:
        """Ask for a sign of life, and close a connection that gives none."""
        socket = self._current
        if socket is None or self._probing:
            return
        self._probing = True
        try:
            await socket.request({"action": "ping", "rooms": self._handlers.rooms_to_check()}, self._pace.probe_timeout)
        except Refused as refused:
            if refused.is_of_the_token:
                self._renew_token()
        except OutcomeUnknown:
            if time.monotonic() - socket.last_heard >= self._pace.probe_timeout:
                socket.close(UNRESPONSIVE)
        finally:
            self._probing = False

    async def _open(self) -> Socket:
        suspect = self._attempt % _ATTEMPTS_PER_FORCED_REFRESH == _ATTEMPTS_PER_FORCED_REFRESH - 1
        try:
            opened = await self._handlers.open(self._token_refused or suspect)
        except (aiohttp.ClientError, ConnectionError, TimeoutError):
            raise OutcomeUnknown("the connection did not open") from None
        self._token_refused = False
        socket = Socket(opened)
        self._sockets = [each for each in self._sockets if not each.is_closed] + [socket]
        try:
            await self._greet(socket)
        except Refused as refused:
            self._token_refused = refused.is_of_the_token
            socket.close()
            raise
        except OutcomeUnknown:
            socket.close()
            raise
        return socket

    async def _greet(self, socket: Socket) -> None:
        """Say hello and collect the whole state; what is pushed meanwhile is newer, and held back (greeting.ts)."""
        held_back: list[tuple[Frame, float | None]] = []
        socket.on_event = lambda event, asked: (
            None if event["action"] in ("welcome", "rooms") else held_back.append((event, asked))
        )
        asked = time.monotonic()
        page = await socket.request({"action": "hello"}, self._pace.hello_timeout)
        rooms = list(page["rooms"])
        while page["hasMore"]:
            page = await socket.request({"action": "getRooms", "after": page["next"]}, self._pace.request_timeout)
            rooms += page["rooms"]
        self._adopt(socket)
        self._handlers.on_state(rooms, asked)
        for event, when in held_back:
            self._handlers.on_event(event, when)

    def _adopt(self, socket: Socket) -> None:
        previous, self._current = self._current, socket
        self._replace = asyncio.Event()
        socket.on_event = self._handlers.on_event
        self._spawn(self._watch(socket))
        self._spawn(self._keep_alive(socket))
        if previous is not None:
            self._spawn(previous.retire(self._pace.retire_grace))
        self._connected.set()

    async def _watch(self, socket: Socket) -> None:
        await socket.closed.wait()
        if self._current is socket:
            self._current = None
            self._connected.clear()

    async def _keep_alive(self, socket: Socket) -> None:
        """keepAlive.ts: probe when nothing was sent for a while."""
        while not socket.is_closed:
            silence = (1 + self._rng.random()) * self._pace.silence
            await asyncio.sleep(max(0.05, socket.last_sent + silence - time.monotonic()))
            if not socket.is_closed and socket is self._current and time.monotonic() - socket.last_sent >= silence:
                await self.probe()

    async def _until_end_or_replacement(self, socket: Socket) -> None:
        least, most = self._pace.earliest_replacement, self._pace.latest_replacement
        patience = self._rng.uniform(least, most) if least < math.inf else None
        ends = [asyncio.create_task(event.wait()) for event in (socket.closed, self._replace)]
        try:
            await asyncio.wait(ends, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for end in ends:
                end.cancel()

    def _renew_token(self) -> None:
        self._token_refused = True
        self._replace.set()

    def _spawn(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
