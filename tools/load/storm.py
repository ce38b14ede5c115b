"""A storm of reactions: everybody in a large room reacts to one message within ten seconds, while somebody writes."""

import asyncio
import random
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.e2e.people import Person
from tools.bench.report import Section, Target
from tools.load.fleet import Connection, Fleet, Frame, NoAnswer
from tools.load.sending import TEXT, percentile
from tools.load.stack import Stack

STORM_SECONDS = 10.0
EMOJI = "👍🎉👀🚀😀"
PACE_SECONDS = 0.5
QUIET_SENDS = 20
JOINING_AT_ONCE = 16
PATIENCE_SECONDS = 180.0
"""Whoever is refused for now tries again so long, as the app does, after what the server says and a bit of chance."""

QUIET_SECONDS = 5.0
DRAINING_SECONDS = 180.0

AT_MOST = 2.0


@dataclass
class _Storm:
    """What became of the reactions."""

    acknowledged: set[str] = field(default_factory=set)
    full: int = 0
    """Refused for good: a message holds 400 reactions."""
    put_off: int = 0
    """Refused for now, because too many changed the room at once."""
    unanswered: int = 0
    """Without an answer for a minute, and asked again."""
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
        quiet = [await _paced(admin, room_id) for _ in range(QUIET_SENDS)]
        say(f"storm: {people} reactions in {STORM_SECONDS:.0f} s")
        storm, busy = await _rage(members, room_id, named)
        page = await admin.ask("getMessages", roomId=room_id, around=named["sortKey"], limit=2)
        say("storm: the queue is worked off")
        heard = await _drained(members)
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


async def _paced(sender: Connection, room_id: str) -> float:
    """Seconds until a send is answered."""
    await asyncio.sleep(PACE_SECONDS)
    started = time.monotonic()
    sent = await sender.ask("sendMessage", roomId=room_id, message=TEXT, clientMessageId=str(uuid.uuid4()))
    assert sent["action"] == "messageSent", sent
    return time.monotonic() - started


async def _drained(members: list[Connection]) -> int:
    """How many pushes of changes were heard once no more come."""
    until = time.monotonic() + DRAINING_SECONDS
    before, heard = 0, 0
    while (before < heard or not heard) and time.monotonic() < until:
        await asyncio.sleep(QUIET_SECONDS)
        before, heard = heard, sum(member.changes_heard for member in members)
    return heard


async def _rage(members: list[Connection], room_id: str, named: dict[str, str]) -> tuple[_Storm, list[float]]:
    storm, started = _Storm(), time.monotonic()
    raging = asyncio.gather(*(_react(member, named, storm, random.Random(at)) for at, member in enumerate(members)))
    busy: list[float] = []
    while not raging.done() or time.monotonic() - started < STORM_SECONDS:
        busy.append(await _paced(members[0], room_id))
    await raging
    storm.seconds = time.monotonic() - started
    return storm, busy


async def _react(member: Connection, named: dict[str, str], storm: _Storm, rng: random.Random) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    await asyncio.sleep(rng.uniform(0, STORM_SECONDS))
    emoji = rng.choice(EMOJI)
    while time.monotonic() < until:
        try:
            answer = await member.ask("react", **named, emoji=emoji, on=True)
        except NoAnswer:  # a repetition is made once
            storm.unanswered += 1
            continue
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


def _table(people: int, storm: _Storm, quiet: list[float], busy: list[float], missing: int, heard: int) -> Section:
    times = {"quiet": quiet, "in the storm": busy}
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
            f"message holds 400; {storm.put_off} times somebody was put off, {storm.unanswered} times not answered",
            "within a minute, and tried again.",
            f"Each is told to all, which is {len(storm.acknowledged) * (people - 1):,} posts; of these {heard:,}",
            f"had been made {DRAINING_SECONDS:.0f} s later at the latest.",
            "Here all functions share one process and two cores; Lambda gives each invocation its own.",
        ],
    )
