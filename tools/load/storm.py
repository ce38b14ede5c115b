"""A storm of reactions: everybody in a large room reacts to one message within ten seconds, while somebody writes."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.e2e.people import Person
from tools.bench.report import Section, Target
from tools.load.fleet import Connection, Fleet, Frame
from tools.load.sending import Sent, percentile, send
from tools.load.stack import Stack

STORM_SECONDS = 10.0
EMOJI = "👍🎉👀🚀😀"
PACE_SECONDS = 0.5
QUIET_SENDS = 20
JOINING_AT_ONCE = 16
PATIENCE_SECONDS = 180.0
"""Whoever is refused for now tries again so long, as the app does, after what the server says and a bit of chance."""

AT_MOST = 2.0


@dataclass
class _Storm:
    """What became of the reactions."""

    acknowledged: set[str] = field(default_factory=set)
    full: int = 0
    """Refused for good: a message holds 400 reactions."""
    put_off: int = 0
    """Refused for now, because too many changed the room at once."""
    given_up: int = 0
    seconds: float = 0.0


async def measure(stack: Stack, people: int, say: Callable[[str], None]) -> Section:
    """The table."""
    async with Fleet.to(stack.deployment) as fleet:
        say(f"storm: {people} people sign up and join")
        everybody = await stack.people(people)
        admin = await fleet.open(everybody[0])
        room_id = str((await admin.ask("createRoom", roomName="Storm", visibility="open"))["roomId"])
        await _join(fleet, everybody[1:], room_id)
        say("storm: everybody comes")
        members = [admin, *await fleet.open_all(everybody[1:])]
        named = await _a_message(admin, room_id)
        say("storm: quiet")
        quiet = [await _paced(fleet, admin, room_id, people) for _ in range(QUIET_SENDS)]
        say(f"storm: {people} reactions in {STORM_SECONDS:.0f} s")
        storm, busy = await _rage(fleet, members, room_id, named)
        page = await admin.ask("getMessages", roomId=room_id, around=named["sortKey"], limit=2)
        heard = sum(member.changes_heard for member in members)
        say("storm: hanging up")
    return _table(people, storm, quiet, busy, _missing(storm, page), heard)


async def _join(fleet: Fleet, people: list[Person], room_id: str) -> None:
    """One after the other is there only while they join: else each join would be told to all who came before."""
    gate = asyncio.Semaphore(JOINING_AT_ONCE)

    async def one(person: Person) -> None:
        async with gate:
            connection = await fleet.open(person)
            joined = await connection.ask("joinRoom", subAction="request", roomId=room_id)
            assert joined.get("status") == "approved", joined
            await connection.close()

    await asyncio.gather(*map(one, people))


async def _a_message(sender: Connection, room_id: str) -> dict[str, str]:
    sent = await sender.ask("sendMessage", roomId=room_id, message="We have shipped!", clientMessageId="shipped")
    return {"roomId": room_id, "sortKey": str(sent["sortKey"])}


async def _paced(fleet: Fleet, sender: Connection, room_id: str, people: int) -> Sent:
    await asyncio.sleep(PACE_SECONDS)
    return await send(fleet, sender, room_id, people - 1)


async def _rage(
    fleet: Fleet, members: list[Connection], room_id: str, named: dict[str, str]
) -> tuple[_Storm, list[Sent]]:
    storm, started = _Storm(), time.monotonic()
    raging = asyncio.gather(*(_react(member, named, storm, random.Random(at)) for at, member in enumerate(members)))
    busy: list[Sent] = []
    while not raging.done() or time.monotonic() - started < STORM_SECONDS:
        busy.append(await _paced(fleet, members[0], room_id, len(members)))
    await raging
    storm.seconds = time.monotonic() - started
    return storm, busy


async def _react(member: Connection, named: dict[str, str], storm: _Storm, rng: random.Random) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    await asyncio.sleep(rng.uniform(0, STORM_SECONDS))
    emoji = rng.choice(EMOJI)
    while time.monotonic() < until:
        answer = await member.ask("react", **named, emoji=emoji, on=True)
        if answer["action"] == "changed":
            storm.acknowledged.add(member.person.user_id)
            return
        if answer["code"] != "rateLimited":
            assert answer["reason"] == "tooManyReactions", answer
            storm.full += 1
            return
        storm.put_off += 1
        await asyncio.sleep(answer["retryAfterMs"] / 1000 * rng.uniform(1, 3))
    storm.given_up += 1


def _missing(storm: _Storm, page: Frame) -> int:
    """Acknowledged reactions that are not on the message."""
    (message,) = [each for each in page["messages"] if each.get("reactions")]
    there = Counter(user_id for each in message["reactions"] for user_id in each["users"])
    return len(storm.acknowledged - there.keys())


def _table(people: int, storm: _Storm, quiet: list[Sent], busy: list[Sent], missing: int, heard: int) -> Section:
    times = {
        "quiet": [each.acknowledged for each in quiet],
        "in the storm": [each.acknowledged for each in busy],
    }
    rows = [
        [name, str(len(values)), *(f"{percentile(values, share) * 1000:.0f}" for share in (0.5, 0.95, 0.99))]
        for name, values in times.items()
    ]
    ratio = percentile(times["in the storm"], 0.95) / percentile(times["quiet"], 0.95)
    return Section(
        f"6. {people:,} people react to one message within {STORM_SECONDS:.0f} s",
        ("an ordinary send there", "n", "p50", "p95", "p99"),
        rows,
        (
            Target("acknowledged reactions that are missing", float(missing), 0.0),
            Target("reactions that were given up", float(storm.given_up), 0.0),
            Target("a send's p95 in the storm, of its quiet one", ratio, AT_MOST),
        ),
        [
            f"p50, p95, p99: ms until the sender, who sends every {PACE_SECONDS} s, has the answer.",
            f"{len(storm.acknowledged)} reactions were put in {storm.seconds:.0f} s; {storm.full} were refused, for a",
            f"message holds 400; {storm.put_off} times somebody was put off, and tried again.",
            f"Each reaction is told to all: {heard:,} frames were heard, and each was a post.",
            "Here all functions share one process and two cores; Lambda gives each invocation its own.",
        ],
    )
