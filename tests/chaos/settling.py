"""Coming back after the workload; and, after a time without cuts, coming to rest and writing down what one sees.

In a time without cuts nobody has to come back: what each knows after it must be right by events alone.
"""

import asyncio
import time
from collections.abc import Callable

from tests.chaos.acts import mark_own, mark_read
from tests.chaos.client.client import Client
from tests.chaos.client.errors import OutcomeUnknown, Refused
from tests.chaos.client.outbox import Storage
from tests.chaos.workload import Device, Workload

QUIET_WITHIN_SECONDS = 180.0
_LOOKS_IN_A_ROW = 2


class NeverQuiet(Exception):
    """Something goes on and on; the text says what."""


class Settling:
    """`unrest` tells what of the stack is still at work, or nothing; `done` how much of what waited it has worked off.

    On a slow machine a workload leaves minutes of work behind. All of it ends: what fails is not repeated for ever.
    """

    def __init__(self, workload: Workload, unrest: Callable[[], str], done: Callable[[], int]) -> None:
        self._workload = workload
        self._unrest = unrest
        self._done = done

    @property
    def _clients(self) -> list[Client]:
        return [device.client for device in self._workload.devices]

    async def come_back(self) -> None:
        """After the workload everybody opens a connection that lasts, and reads everything. Raises NeverQuiet."""
        await self._until_quiet(lambda client: client.outbox.is_empty and client.connection.is_idle)
        for client in self._clients:
            client.connection.stay()
            client.connection.restart()
        await asyncio.sleep(0.5)
        await self._until_quiet(lambda client: client.is_settled)
        await asyncio.gather(*(self._catch_up(client) for client in self._clients))

    async def settle(self) -> None:
        """After a time without cuts: a last message in each room, a last reading of each person. Raises NeverQuiet."""
        await self._until_quiet(lambda client: client.is_settled)
        await self._rooms_for_all()
        await self._last_words()
        await self._until_quiet(lambda client: client.is_settled)
        for device in self._firsts():
            if room_id := next(iter(sorted(device.client.state.rooms.approved())), None):
                await mark_read(device.client, room_id)
        for client in self._clients:
            await mark_own(client)
        await self._until_quiet(lambda client: client.is_settled)

    async def write_down(self) -> None:
        """The View of every client, and then of a fresh one of each person."""
        for client in self._clients:
            self._workload.recorder.add(client.view(fresh=False))
        fresh = [
            self._workload.load(Device(f"{device.account.username}-fresh", device.account, Storage(), device.rng))
            for device in self._firsts()
        ]
        try:
            await asyncio.gather(*(client.connection.until_connected() for client in fresh))
            await asyncio.gather(*(self._catch_up(client) for client in fresh))
            await self._until_quiet(lambda client: client.is_settled, fresh)
            for client in fresh:
                self._workload.recorder.add(client.view(fresh=True))
        finally:
            await asyncio.gather(*(client.stop() for client in fresh))
        await self._until_quiet(lambda _: True)

    def _firsts(self) -> list[Device]:
        return list({device.account.user_id: device for device in reversed(self._workload.devices)}.values())

    async def _rooms_for_all(self) -> None:
        """Who is in no room makes one, so that everybody is told something by everybody's rooms and devices."""
        for device in self._firsts():
            if not device.client.state.rooms.approved():
                await self._workload.acts.create_room(device.client, "open")
        await self._until_quiet(lambda client: client.is_settled)
        await asyncio.gather(*(self._open_rooms(client) for client in self._clients))

    async def _last_words(self) -> None:
        """One more message in each room that somebody is in, and one more reaction."""
        for room_id in sorted(self._workload.acts.rooms):
            speaker = next(
                (each for each in self._workload.devices if each.client.state.rooms.is_approved(room_id)), None
            )
            if speaker is not None:
                self._workload.say(speaker, room_id)
                await self._workload.react_to_latest(speaker, room_id)

    async def _catch_up(self, client: Client) -> None:
        """Every room to its beginning, and its members as they are now."""
        await self._open_rooms(client)
        for room_id in sorted(client.state.rooms.approved()):
            await client.read_members(room_id)

    async def _open_rooms(self, client: Client) -> None:
        """Every room to its beginning, and its members where they were not read yet."""
        for room_id in sorted(client.state.rooms.approved()):
            client.open_room(room_id)
            await self._while_behind(client)
            try:
                await client.read_back(room_id)
            except (Refused, OutcomeUnknown) as error:
                raise NeverQuiet(f"{client.name} cannot read a room: {error}") from error

    async def _while_behind(self, client: Client) -> None:
        until = time.monotonic() + QUIET_WITHIN_SECONDS
        while client.state.timelines.behind():
            if time.monotonic() > until:
                raise NeverQuiet(f"{client.name} does not catch up")
            await asyncio.sleep(0.05)

    async def _until_quiet(self, is_done: Callable[[Client], bool], clients: list[Client] | None = None) -> None:
        until = time.monotonic() + QUIET_WITHIN_SECONDS
        done = self._done()
        calm = 0
        while calm < _LOOKS_IN_A_ROW:
            busy = [client.name for client in clients or self._clients if not is_done(client)]
            unrest = await asyncio.to_thread(self._unrest)
            calm = 0 if busy or unrest else calm + 1
            if self._done() != done:
                done, until = self._done(), time.monotonic() + QUIET_WITHIN_SECONDS
            if time.monotonic() > until:
                raise NeverQuiet(f"after {QUIET_WITHIN_SECONDS:.0f} s: {unrest or 'stack at rest'}; busy: {busy}")
            await asyncio.sleep(0.3)
