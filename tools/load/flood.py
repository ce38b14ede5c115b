"""One client floods, and comes back as often as it is cut off; another, in another room, sends on as before."""

import asyncio
import contextlib
import json
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import aiohttp

from tests.e2e.people import Person
from tools.bench.report import Section, Target
from tools.load.fleet import Connection, Fleet, NoAnswer
from tools.load.rooms import room_of
from tools.load.sending import PATIENCE_SECONDS, TEXT, percentile, send
from tools.load.stack import Stack

MEMBERS = 10
PACE_SECONDS = 0.5
"""Between two sends of the other client: less than what one person may send."""

WARM_UP_SENDS = 10
FRAMES_PER_SECOND = 200
RETURN_SECONDS = 0.05
"""Between two attempts of the flooder to come back."""

AT_MOST = 2.0
LIMITED_WITHIN_SECONDS = 1.0


@dataclass
class _Flood:
    """What the flooder saw."""

    started: float = 0.0
    sends: int = 0
    replies: Counter[str] = field(default_factory=Counter)
    first_limited: float | None = None
    cut_off: int = 0
    returns: int = 0
    refused: int = 0

    def took(self, text: str) -> None:
        """A frame came."""
        frame = json.loads(text)
        word = str(frame.get("code") or frame.get("action"))
        self.replies[word] += 1
        if word == "rateLimited" and self.first_limited is None:
            self.first_limited = time.monotonic() - self.started


async def measure(stack: Stack, seconds: float, say: Callable[[str], None]) -> Section:
    """The table."""
    async with Fleet.to(stack.deployment) as fleet:
        say("flood: two rooms of ten")
        members = await fleet.open_all(await stack.people(MEMBERS))
        room_id = await room_of(members)
        flooders = await stack.people(MEMBERS)
        flooded_room = await room_of(await fleet.open_all(flooders))
        for _ in range(WARM_UP_SENDS):
            await asyncio.sleep(PACE_SECONDS)
            await send(fleet, members[0], room_id, MEMBERS - 1)
        say("flood: quiet")
        before, _ = await _sending(fleet, members, room_id, seconds / 4, lambda: True)
        say("flood: flooded")
        flood = _Flood()
        flooding = asyncio.create_task(_flood(flood, stack, flooders[0], flooded_room))
        flooded, missed = await _sending(fleet, members, room_id, seconds, lambda: flood.first_limited is not None)
        flooding.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await flooding
        say("flood: quiet again")
        after, _ = await _sending(fleet, members, room_id, seconds / 4, lambda: True)
    return _table(before + after, flooded, missed, flood, seconds)


async def _sending(
    fleet: Fleet, members: list[Connection], room_id: str, seconds: float, is_enough: Callable[[], bool]
) -> tuple[list[float], int]:
    """Seconds until the last recipient of each message, and how many never got one; longer until it is enough."""
    started = time.monotonic()
    done = []
    while (passed := time.monotonic() - started) < seconds or (not is_enough() and passed < PATIENCE_SECONDS):
        done.append(await send(fleet, members[0], room_id, MEMBERS - 1))
        await asyncio.sleep(PACE_SECONDS)
    return [each.delivered for each in done], sum(each.missed for each in done)


async def _flood(flood: _Flood, stack: Stack, person: Person, room_id: str) -> None:
    """Until it is cancelled: send without waiting; when cut off, come back at once, and go on."""
    async with Fleet.to(stack.deployment) as fleet:
        while True:
            try:
                connection = await fleet.open(person)
            except (aiohttp.ClientError, NoAnswer):
                flood.refused += 1
                await asyncio.sleep(RETURN_SECONDS)
                continue
            flood.started = flood.started or time.monotonic()
            flood.returns += 1
            connection.heard = flood.took
            with contextlib.suppress(ConnectionError):
                while not connection.reader.done():
                    frame = {"action": "sendMessage", "roomId": room_id, "message": TEXT}
                    await connection.socket.send_str(json.dumps({**frame, "clientMessageId": str(uuid.uuid4())}))
                    flood.sends += 1
                    await asyncio.sleep(1 / FRAMES_PER_SECOND)
            flood.cut_off += 1
            await asyncio.sleep(RETURN_SECONDS)


def _table(quiet: list[float], flooded: list[float], missed: int, flood: _Flood, seconds: float) -> Section:
    rows = [
        [name, str(len(values)), *(f"{percentile(values, share) * 1000:.0f}" for share in (0.5, 0.95, 0.99))]
        for name, values in (("quiet", quiet), ("flooded", flooded))
    ]
    ratio = percentile(flooded, 0.95) / percentile(quiet, 0.95)
    limited = flood.first_limited if flood.first_limited is not None else seconds
    answers = ", ".join(f"{number} {word}" for word, number in flood.replies.most_common())
    return Section(
        f"2. One client floods with {FRAMES_PER_SECOND} frames a second ({seconds:.0f} s)",
        ("the other client", "n", "p50", "p95", "p99"),
        rows,
        (
            Target("seconds until the flooder is limited", limited, LIMITED_WITHIN_SECONDS),
            Target("the other's p95 under the flood, of its quiet one", ratio, AT_MOST),
            Target("recipients whom a message of the other's never reached", float(missed), 0.0),
        ),
        [
            f"The other sends every {PACE_SECONDS} s in another room; p50, p95, p99: ms until nine members have it;",
            "quiet: for a quarter as long before, and for a quarter as long after.",
            f"The flooder sent {flood.sends} messages and heard: {answers or 'nothing'}.",
            f"It came in {flood.returns} times, was cut off {flood.cut_off} times, and refused {flood.refused} times.",
            "Here all functions share one process and two cores; Lambda gives each invocation its own.",
        ],
    )
