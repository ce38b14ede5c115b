"""Every message that is not known to be stored yet; each room's go out one after another, in order (useOutbox.ts).

Two clients with one `Storage` are two tabs of one browser, of the kind without locks: both see to what is due, so that
one message may be sent from both at the same time.
"""

import asyncio
import random
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from tests.chaos.client.connection import Connection
from tests.chaos.client.errors import Frame, OutcomeUnknown, Refused, retry_delay
from tests.chaos.client.pace import Pace


@dataclass(frozen=True)
class Unsent:
    """A message on its way."""

    client_message_id: str
    room_id: str
    text: str
    mentions: tuple[str, ...] = ()


class Storage:
    """The browser's: it outlives a reload of the page, and all tabs share it."""

    def __init__(self) -> None:
        self.entries: dict[str, Unsent] = {}
        self.watchers: list[Callable[[Unsent], None]] = []

    def save(self, entry: Unsent) -> None:
        """Keep an entry, and tell the tabs."""
        self.entries[entry.client_message_id] = entry
        for watcher in self.watchers:
            watcher(entry)

    def remove(self, client_message_id: str) -> Unsent | None:
        """It is stored, or given up."""
        return self.entries.pop(client_message_id, None)


class Outbox:
    """One client's hand on the storage."""

    def __init__(
        self,
        connection: Connection,
        storage: Storage,
        pace: Pace,
        rng: random.Random,
        given_up: Callable[[Unsent, str], None],
    ) -> None:
        self._connection = connection
        self._storage = storage
        self._pace = pace
        self._rng = rng
        self._given_up = given_up
        self._draining: dict[str, asyncio.Task[None]] = {}
        self._resumes_at = 0.0
        """The server wants a pause until then. The allowance is the person's, so every room waits."""

    def open(self) -> None:
        """Take up what an earlier page left unsent, and watch the other tabs."""
        self._storage.watchers.append(self._drain)
        for entry in list(self._storage.entries.values()):
            self._drain(entry)

    async def close(self) -> None:
        """The page goes away; what is unsent stays in the storage."""
        self._storage.watchers.remove(self._drain)
        tasks = list(self._draining.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    @property
    def is_empty(self) -> bool:
        """Nothing is on its way."""
        return not self._storage.entries and not self._draining

    @staticmethod
    def new(room_id: str, text: str, mentions: tuple[str, ...] = ()) -> Unsent:
        """A message with a name of its own."""
        return Unsent(str(uuid.uuid4()), room_id, text, mentions)

    def send(self, entry: Unsent) -> None:
        """Send it, however long that takes."""
        self._storage.save(entry)

    def settled(self, client_message_id: str | None) -> Unsent | None:
        """It is known to be stored; the entry, if it was still on its way."""
        return self._storage.remove(client_message_id) if client_message_id else None

    def _drain(self, entry: Unsent) -> None:
        if entry.room_id not in self._draining:
            self._draining[entry.room_id] = asyncio.create_task(self._drain_room(entry.room_id))

    async def _drain_room(self, room_id: str) -> None:
        try:
            attempt = 0
            while entry := next((each for each in self._storage.entries.values() if each.room_id == room_id), None):
                attempt = 0 if await self._attempt(entry, attempt) else attempt + 1
        finally:
            del self._draining[room_id]

    async def _attempt(self, entry: Unsent, attempt: int) -> bool:
        """Whether the entry is settled, one way or the other."""
        while (wait := self._resumes_at - time.monotonic()) > 0:
            await asyncio.sleep(wait)
        await self._connection.until_connected()
        if entry.client_message_id not in self._storage.entries:
            return True
        try:
            await self._connection.request(as_command(entry))
        except (Refused, OutcomeUnknown) as error:
            if isinstance(error, Refused) and error.is_final:
                if self._storage.remove(entry.client_message_id):
                    self._given_up(entry, error.code)
                return True
            delay = retry_delay(error, attempt, self._pace, self._rng) or 1.0
            if isinstance(error, Refused) and error.code == "rateLimited":
                self._resumes_at = max(self._resumes_at, time.monotonic() + delay)
            else:
                await asyncio.sleep(delay)
            return False
        return True


def as_stored(sent: Frame, user_id: str, username: str, text: str) -> Frame:
    """The sender is not sent its own message again: the answer and the text make it whole."""
    named = {name: sent[name] for name in ("roomId", "messageId", "clientMessageId", "timestamp", "seq", "sortKey")}
    more: Frame = {name: sent[name] for name in ("mentions", "mentionsRoom", "replyTo", "quoted") if name in sent}
    return {**named, **more, "userId": user_id, "username": username, "message": text}


def as_command(entry: Unsent) -> Frame:
    """sendMessage."""
    return {
        "action": "sendMessage",
        "roomId": entry.room_id,
        "message": entry.text,
        "clientMessageId": entry.client_message_id,
        "mentions": list(entry.mentions),
    }
