"""One device of one person: the app without its screen, which writes down what it does and sees."""

import asyncio
import contextlib
import random
from collections.abc import Coroutine
from typing import Any

from tests.chaos.client.client_log import ClientLog
from tests.chaos.client.connection import Asking, Connection, Handlers
from tests.chaos.client.errors import Frame, OutcomeUnknown, Refused
from tests.chaos.client.outbox import Outbox, Storage, Unsent, as_stored
from tests.chaos.client.pace import Pace
from tests.chaos.client.showing import shown
from tests.chaos.client.state import State
from tests.chaos.client.timelines import Reading
from tests.chaos.history import View
from tests.chaos.people import Account
from tests.chaos.recorder import Recorder, now

_FAILED = (Refused, OutcomeUnknown)


class Client:
    """`start` it, use it, `stop` it; a page that is loaded again is a new one with the same storage."""

    def __init__(
        self, name: str, account: Account, storage: Storage, pace: Pace, rng: random.Random, recorder: Recorder
    ) -> None:
        self.name = name
        self.account = account
        self.storage = storage
        self.state = State(account.user_id)
        self._pace = pace
        self._log = ClientLog(recorder, name, account.user_id)
        handlers = Handlers(account.open, self._rooms_to_check, self._on_state, self._on_event)
        self.connection = Connection(handlers, pace, rng)
        self.outbox = Outbox(self.connection, storage, pace, rng, self._log.gives_up)
        self._catching_up: set[str] = set()
        self._reading_changes: set[str] = set()
        self._reading_members: set[str] = set()
        self._reloading = False
        self._tasks: set[asyncio.Task[Any]] = set()

    @property
    def user_id(self) -> str:
        """Whose device it is."""
        return self.account.user_id

    @property
    def is_settled(self) -> bool:
        """Connected, up to date as far as it knows, and with nothing under way."""
        return (
            self.connection.is_idle
            and not (
                self._catching_up
                or self._reading_changes
                or self._reading_members
                or self._reloading
                or self.state.rooms.stale
            )
            and not self.state.timelines.behind()
            and not self.state.timelines.stale()
            and self.outbox.is_empty
        )

    def start(self) -> None:
        """Connect, and stay connected."""
        self.outbox.open()
        self._spawn(self.connection.run())

    async def stop(self) -> None:
        """The page is closed."""
        await self.outbox.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.connection.stop()

    async def ask(self, action: str, asking: Asking | None = None, **fields: Any) -> Frame:
        """A command that is repeated until there is an answer. Raises Refused or OutcomeUnknown."""
        self._log.count(action)
        return await self.connection.ask({"action": action, **fields}, asking)

    def send(self, room_id: str, text: str, mentions: tuple[str, ...] = ()) -> Unsent:
        """Put a message into the outbox."""
        entry = Outbox.new(room_id, text, mentions)
        self._log.sends(entry)
        self.outbox.send(entry)
        return entry

    def open_room(self, room_id: str) -> None:
        """Show a room's messages and members."""
        self.state.timelines.open(room_id)
        self._read_on()
        if room_id not in self.state.members.lists:
            self._spawn(self.read_members(room_id))

    async def read_back(self, room_id: str, pages: int | None = None) -> None:
        """Read a room backwards, so many pages or to its beginning. Raises Refused or OutcomeUnknown."""
        while pages != 0 and (reading := self.state.timelines.earlier(room_id)) is not None:
            await self._read(reading)
            pages = None if pages is None else pages - 1

    async def try_read_back(self, room_id: str, pages: int) -> None:
        """The same, where it may fail: one scrolls up again later."""
        with contextlib.suppress(*_FAILED):
            await self.read_back(room_id, pages)

    async def read_members(self, room_id: str) -> None:
        """Read a room's list of members, until nothing changes meanwhile."""
        if room_id in self._reading_members:
            self.state.members.changed.add(room_id)  # what is being read may be from before the reason for this
            return
        self._reading_members.add(room_id)
        try:
            while True:
                self.state.members.changed.discard(room_id)
                participants: list[Frame] = []
                page: Frame = {"hasMore": True, "next": None}
                while page["hasMore"]:
                    page = await self.ask("getMembers", roomId=room_id, after=page["next"])
                    participants += page["participants"]
                self.state.members.set(room_id, participants)
                if room_id not in self.state.members.changed:
                    break
        except _FAILED:
            pass  # it is read again after the next reconnect
        finally:
            self._reading_members.discard(room_id)

    def view(self, *, fresh: bool) -> View:
        """All that it shows."""
        return View(at=now(), client=self.name, user_id=self.user_id, fresh=fresh, rooms=shown(self.state))

    def _on_state(self, rooms: list[Frame], _asked: float) -> None:
        self.state.replace(rooms)
        self._read_on()
        for room_id in list(self.state.members.lists):
            if self.state.rooms.is_approved(room_id):
                self._spawn(self.read_members(room_id))
            else:
                self.state.members.forget(room_id)

    def _on_event(self, event: Frame, asked: float | None) -> None:
        self._log.hears(event, asked)
        self.state.apply(event)
        match event["action"]:
            case "messageSent":
                entry = self.outbox.settled(event.get("clientMessageId"))
                if entry is not None:
                    self.state.timelines.add(as_stored(event, self.user_id, self.account.username, entry.text))
            case "message":
                self._settle([event])
            case "messageHistory":
                self._settle(event["messages"])
        self._read_on()
        self._read_members_due()
        if self.state.rooms.stale and not self._reloading:
            self._reloading = True
            self._spawn(self._reload())

    def _read_members_due(self) -> None:
        while self.state.members_due:
            self._spawn(self.read_members(self.state.members_due.pop()))

    def _settle(self, messages: list[Frame]) -> None:
        """One's own messages come back in pushes to other devices, and in histories."""
        for message in messages:
            if message["userId"] == self.user_id:
                self.outbox.settled(message.get("clientMessageId"))

    def _read_on(self) -> None:
        for room_id in self.state.timelines.behind():
            if room_id not in self._catching_up:
                self._catching_up.add(room_id)
                self._spawn(self._catch_up(room_id))

        for room_id in self.state.timelines.stale():
            if room_id not in self._reading_changes:
                self._reading_changes.add(room_id)
                self._spawn(self._read_changes(room_id))

    async def _read_changes(self, room_id: str) -> None:
        """Read what was changed; a push that is only late is waited for."""
        try:
            await asyncio.sleep(self._pace.change_delay)
            while self.state.timelines.is_stale(room_id):
                await self.ask("getChanges", roomId=room_id, after=self.state.timelines.windows[room_id].rev)
        except _FAILED:
            pass  # the next event of the room, or the next connection, brings the next occasion
        finally:
            self._reading_changes.discard(room_id)

    async def _catch_up(self, room_id: str) -> None:
        """Read on from the end of the window until nothing is missing."""
        try:
            while self.state.timelines.is_behind(room_id):
                await self._read(self.state.timelines.following(room_id))
        except _FAILED:
            pass  # the next event of the room, or the next connection, brings the next occasion
        finally:
            self._catching_up.discard(room_id)

    async def _read(self, reading: Reading) -> None:
        self._log.count("getMessages")
        self.state.timelines.take(reading, await self.connection.ask(reading.command))

    async def _reload(self) -> None:
        """Several changes within a moment cause one reading of the list."""
        try:
            await asyncio.sleep(self._pace.reload_delay)
            while self.state.rooms.stale:
                self.state.rooms.stale = False
                page: Frame = {"hasMore": True, "next": None}
                while page["hasMore"]:
                    page = await self.ask("getRooms", after=page.get("next"))
                    self.state.merge(page["rooms"])
                    self._read_members_due()
        except _FAILED:
            pass  # the next welcome brings the whole list
        finally:
            self._reloading = False

    def _rooms_to_check(self) -> list[str]:
        return self.state.rooms.approved()[:20]

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
