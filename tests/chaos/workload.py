"""Many people in many rooms, each doing what comes to their mind: the plan of one run, as the seed draws it.

A device draws its acts from a stream of random numbers of its own; what it can do at a moment depends on what it knows
then, and so on when answers came.
"""

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import aiohttp

from tests.chaos.acts import Acts, change_room, hide, mark_read, pause, text_of
from tests.chaos.client.client import Client
from tests.chaos.client.errors import Frame
from tests.chaos.client.outbox import Storage
from tests.chaos.client.pace import Pace
from tests.chaos.client.room_list import may_moderate
from tests.chaos.people import Account
from tests.chaos.plan import Plan
from tests.chaos.recorder import Recorder
from tests.e2e.people import Deployment

_NAMES = ("ada", "ben", "cleo", "dan", "eve", "finn", "gus", "hana", "ivo", "june")
_MORE_ROOMS = 3
_SECONDS_BETWEEN_ACTS = 1.0

_WEIGHTS = {
    "send": 40,
    "burst": 4,
    "react": 14,
    "edit": 5,
    "delete": 3,
    "pin": 3,
    "read": 14,
    "look": 6,
    "look_back": 3,
    "join": 10,
    "leave": 2,
    "answer": 8,
    "rule": 5,
    "create": 1,
    "open_direct": 3,
    "hide": 2,
    "settings": 3,
    "restart": 1,
    "reload": 1,
}


_RULINGS = ("promote", "promote", "demote", "makeModerator", "makeModerator", "makeMember", "remove", "ban")
_UNSETTLING = ("restart", "reload")


@dataclass
class Device:
    """A place where somebody uses the app: the page may be loaded anew, what is stored there stays."""

    name: str
    account: Account
    storage: Storage
    rng: random.Random
    loads: int = 0
    client: Client = field(init=False)


class Workload:
    """Set up once, then `run`."""

    def __init__(self, plan: Plan, deployment: Deployment, recorder: Recorder, session: aiohttp.ClientSession) -> None:
        self.plan = plan
        self._seed = plan.seed
        self._deployment = deployment
        self._session = session
        self._rng = random.Random(f"{plan.seed}/plan")
        self.pace = Pace()
        self.recorder = recorder
        self.acts = Acts(recorder)
        self.devices: list[Device] = []
        self._said = 0

    async def set_up(self) -> None:
        """People with one to three devices each, and rooms with some of them as members."""
        names = _NAMES[: self.plan.people]
        accounts = [Account(name, self._deployment, self._session, self.pace) for name in names]
        await asyncio.gather(*(account.create() for account in accounts))
        for name, account in zip(names, accounts, strict=True):
            storage = Storage()
            for number in range(self._rng.choice((1, 2, 2, 3))):
                # The first two are tabs of one browser, a third is another device.
                own = storage if number < 2 else Storage()
                device = Device(f"{name}{number + 1}", account, own, random.Random(f"{self._seed}/{name}/{number}"))
                self.devices.append(device)
                self.load(device)
        await asyncio.gather(*(device.client.connection.until_connected() for device in self.devices))
        firsts = [device for device in self.devices if device.name.endswith("1")]
        for number in range(self.plan.rooms):
            admin, *others = self._rng.sample(firsts, min(7, len(firsts)))
            room_id = await self.acts.create_room(admin.client, "open" if number % 2 else "approval")
            for other in others:
                await self.acts.request(other.client, room_id)
                if number % 2 == 0:
                    await self.acts.change(admin.client, room_id, other.account.user_id, "approve")

    def load(self, device: Device) -> Client:
        """Open the page on a device."""
        device.loads += 1
        rng = random.Random(f"{self._seed}/{device.name}/{device.loads}")
        name = f"{device.name}.{device.loads}"
        device.client = Client(name, device.account, device.storage, self.pace, rng, self.recorder)
        device.client.start()
        return device.client

    async def run(
        self, seconds: float, is_enough: Callable[[], bool] = lambda: False, *, without_cuts: bool = False
    ) -> None:
        """Everybody does something again and again; what has begun at the end is finished.

        In a time without cuts nobody reloads a page or loses the network.
        """
        until = time.monotonic() + seconds
        weights = {act: weight for act, weight in _WEIGHTS.items() if not (without_cuts and act in _UNSETTLING)}

        def is_over() -> bool:
            return time.monotonic() >= until or is_enough()

        await asyncio.gather(*(self._live(device, is_over, weights) for device in self.devices))

    async def _live(self, device: Device, is_over: Callable[[], bool], weighted: dict[str, int]) -> None:
        names, weights = list(weighted), list(weighted.values())
        while True:
            await pause(device.rng, _SECONDS_BETWEEN_ACTS)
            if is_over():
                return
            [act] = device.rng.choices(names, weights)
            await getattr(self, f"_{act}")(device)

    def _a_room(self, device: Device) -> str | None:
        approved = sorted(device.client.state.rooms.approved())
        return device.rng.choice(approved) if approved else None

    def _someone(self, device: Device) -> str:
        return device.rng.choice(self.devices).account.user_id

    def say(self, device: Device, room_id: str) -> None:
        """Send a message that no other is like."""
        self._said += 1
        device.client.send(room_id, text_of(device.client, device.rng, self._said), self._some_people(device))

    def _some_people(self, device: Device) -> tuple[str, ...]:
        """Whom a message mentions: mostly nobody; they need not be members."""
        number = device.rng.choice((0, 0, 0, 1, 2))
        return tuple({self._someone(device) for _ in range(number)})

    async def _send(self, device: Device) -> None:
        if room_id := self._a_room(device):
            self.say(device, room_id)

    async def _burst(self, device: Device) -> None:
        for _ in range(device.rng.randint(3, 8)):
            await self._send(device)

    async def _read(self, device: Device) -> None:
        if room_id := self._a_room(device):
            device.client.open_room(room_id)
            await mark_read(device.client, room_id)
            self.recorder.operations["markRead"] += 1

    def _a_message(self, device: Device, is_wanted: Callable[[Frame], bool]) -> Frame | None:
        """One of the latest that the device shows."""
        room_id = self._a_room(device)
        window = device.client.state.timelines.windows.get(room_id or "")
        found = [each for each in (window.messages if window else ())[-20:] if is_wanted(each)]
        return device.rng.choice(found) if found else None

    async def _react(self, device: Device) -> None:
        if message := self._a_message(device, lambda each: "deletedAt" not in each):
            emoji, on = device.rng.choice("👍🎉👀"), device.rng.random() < 0.7
            await self.acts.change_message(device.client, message, "react", emoji=emoji, on=on)

    async def _edit(self, device: Device) -> None:
        own = device.account.user_id
        if message := self._a_message(device, lambda each: each["userId"] == own and "deletedAt" not in each):
            self._said += 1
            text = text_of(device.client, device.rng, self._said)
            mentions = self._some_people(device)
            await self.acts.change_message(device.client, message, "edit", text=text, mentions=mentions)

    async def _delete(self, device: Device) -> None:
        rooms, own = device.client.state.rooms.rooms, device.account.user_id
        if message := self._a_message(device, lambda each: each["userId"] == own or rooms[each["roomId"]]["isAdmin"]):
            await self.acts.change_message(device.client, message, "delete")

    async def _pin(self, device: Device) -> None:
        if message := self._a_message(device, lambda each: "deletedAt" not in each):
            await self.acts.change_message(device.client, message, "pin", on=device.rng.random() < 0.6)

    async def react_to_latest(self, device: Device, room_id: str) -> None:
        """So that whoever missed a change of the room learns that there was one."""
        window = device.client.state.timelines.windows.get(room_id)
        if window and window.messages:
            await self.acts.change_message(device.client, window.messages[-1], "react", emoji="🏁", on=True)

    async def _look(self, device: Device) -> None:
        if room_id := self._a_room(device):
            device.client.open_room(room_id)
            await device.client.read_members(room_id)

    async def _look_back(self, device: Device) -> None:
        if room_id := self._a_room(device):
            await device.client.try_read_back(room_id, pages=1)

    async def _join(self, device: Device) -> None:
        rooms = [room_id for room_id in self.acts.rooms if not device.client.state.rooms.is_approved(room_id)]
        if rooms:
            await self.acts.request(device.client, device.rng.choice(rooms))

    async def _leave(self, device: Device) -> None:
        """End a membership, withdraw a request, or clear a rejected one."""
        rooms = device.client.state.rooms.rooms
        left = sorted(room_id for room_id, room in rooms.items() if room["status"] != "banned")
        if left:
            await self.acts.leave(device.client, device.rng.choice(left))

    async def _answer(self, device: Device) -> None:
        """Somebody who asks, as the list of members shows them."""
        for room_id, members in sorted(device.client.state.members.lists.items()):
            for user_id, member in sorted(members.items()):
                if member["status"] == "pending":
                    act = "approve" if device.rng.random() < 0.8 else "reject"
                    await self.acts.change(device.client, room_id, user_id, act)
                    return

    async def _rule(self, device: Device) -> None:
        rooms = device.client.state.rooms.rooms
        ruled = sorted(room_id for room_id, room in rooms.items() if may_moderate(room))
        if ruled:
            room_id, target_id = device.rng.choice(ruled), self._someone(device)
            banned = sorted(self.acts.banned[room_id])
            act = device.rng.choice(_RULINGS)
            if banned and device.rng.random() < 0.5:
                act, target_id = "unban", device.rng.choice(banned)
            await self.acts.change(device.client, room_id, target_id, act)

    async def _create(self, device: Device) -> None:
        if len(self.acts.rooms) < self.plan.rooms + _MORE_ROOMS:
            await self.acts.create_room(device.client, device.rng.choice(("open", "approval")))

    async def _open_direct(self, device: Device) -> None:
        """With nobody, one or two others; who shares no room with them is refused."""
        others = {self._someone(device) for _ in range(device.rng.choice((0, 1, 1, 1, 2)))}
        await self.acts.open_direct(device.client, sorted(others - {device.account.user_id}))

    async def _hide(self, device: Device) -> None:
        if room_id := self._a_room(device):
            await hide(device.client, room_id)

    async def _settings(self, device: Device) -> None:
        """Another name or topic, or archived for a while."""
        rooms = device.client.state.rooms.rooms
        ruled = sorted(room_id for room_id, room in rooms.items() if room["isAdmin"])
        if ruled:
            room_id = device.rng.choice(ruled)
            self._said += 1
            if rooms[room_id].get("archivedAt") is not None or device.rng.random() < 0.2:
                await change_room(device.client, room_id, archived=rooms[room_id].get("archivedAt") is None)
            else:
                await change_room(device.client, room_id, roomName=f"Room {self._said}")

    async def _restart(self, device: Device) -> None:
        device.client.connection.restart()

    async def _reload(self, device: Device) -> None:
        await device.client.stop()
        self.load(device)
        await device.client.connection.until_connected(self.pace.connect_patience)
