"""How a room takes messages as it grows: real connections, one room after the other."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from tools.bench.report import Section, Target
from tools.load.fleet import Connection, Fleet
from tools.load.sending import Sent, percentile, send_for
from tools.load.stack import Stack

MOST_PEOPLE = 100
MOST_CONNECTIONS_EACH = 40
"""Below what the product allows one person."""

AT_ONCE = 4
"""Senders of the busy part, each of whom waits for the last recipient before the next message."""

AT_LEAST = 5
WARM_UP_SECONDS = 2.0


@dataclass(frozen=True)
class Measured:
    """One room."""

    size: int
    people: int
    opening_seconds: float
    opening_cpu: float | None
    alone: list[Sent]
    alone_cpu: float | None
    busy: list[Sent]
    busy_seconds: float

    @property
    def missed(self) -> int:
        """Recipients that a message never reached."""
        return sum(each.missed for each in (*self.alone, *self.busy))


async def measure_room(stack: Stack, size: int, seconds: float, say: Callable[[str], None]) -> Measured:
    """One room with so many connections, on which nothing else happens."""
    async with Fleet.to(stack.deployment) as fleet:
        count = max(min(size, MOST_PEOPLE), math.ceil(size / MOST_CONNECTIONS_EACH))
        say(f"{size}: {count} people sign up and join")
        people = await stack.people(count)
        members = await fleet.open_all(people)
        room_id = await room_of(members)
        say(f"{size}: {size} connections")
        cpu, started = stack.cpu_seconds(), time.monotonic()
        await fleet.open_all([people[number % count] for number in range(size - count)])
        opening = time.monotonic() - started
        opening_cpu = _since(stack, cpu)
        sender, recipients = members[0], size - 1
        await send_for(fleet, [sender], room_id, recipients, WARM_UP_SECONDS, at_least=1)
        say(f"{size}: one message at a time")
        cpu = stack.cpu_seconds()
        alone = await send_for(fleet, [sender], room_id, recipients, seconds, at_least=AT_LEAST)
        alone_cpu = _since(stack, cpu)
        say(f"{size}: {AT_ONCE} messages at a time")
        started = time.monotonic()
        busy = await send_for(fleet, members[:AT_ONCE], room_id, recipients, seconds)
        busy_seconds = time.monotonic() - started
        say(f"{size}: hanging up")
    return Measured(size, count, opening, opening_cpu, alone, alone_cpu, busy, busy_seconds)


async def room_of(members: list[Connection]) -> str:
    """A room with all of them."""
    admin, *others = members
    created = await admin.ask("createRoom", roomName="Load", visibility="open")
    room_id: str = created["roomId"]
    for other in others:
        joined = await other.ask("joinRoom", subAction="request", roomId=room_id)
        assert joined.get("status") == "approved", joined
    return room_id


def _since(stack: Stack, before: float | None) -> float | None:
    now = stack.cpu_seconds()
    return None if now is None or before is None else now - before


def table(rooms: list[Measured], database: str) -> Section:
    """All rooms, each against the first."""
    first = percentile([each.delivered for each in rooms[0].alone], 0.5)
    return Section(
        f"1. A room as it grows (the local stack on {database}, real sockets)",
        (
            "size",
            "people",
            "opened/s",
            "CPU ms each",
            "n",
            "ack p50",
            "p50",
            "p95",
            "p99",
            "times first",
            "per recipient",
            "CPU",
            "busy n/s",
            "busy p95",
            "missed",
        ),
        [_cells(room, first) for room in rooms],
        (Target("recipients whom a message never reached", float(sum(room.missed for room in rooms)), 0.0),),
        [
            "size: connections that listen; opened/s, CPU ms each: of those beyond each person's first, with hello;",
            "n: messages, one after the other.",
            "ack: until the sender has its reply; p50, p95, p99: until the last recipient has the message; all in ms.",
            "times first: p50 against the first room's; per recipient: µs of p50; CPU: µs of the stack per recipient.",
            f"busy: {AT_ONCE} members send, each waiting for the last recipient; messages per second and ms.",
            "missed: recipients that had not got a message after two minutes.",
        ],
    )


def _cells(room: Measured, first: float) -> list[str]:
    delivered = [each.delivered for each in room.alone]
    opened = room.size - room.people
    recipients = room.size - 1
    deliveries = recipients * len(room.alone)
    busy = [each.delivered for each in room.busy]
    return [
        str(room.size),
        str(room.people),
        f"{opened / room.opening_seconds:.0f}" if opened else "-",
        f"{room.opening_cpu / opened * 1000:.1f}" if opened and room.opening_cpu is not None else "-",
        str(len(room.alone)),
        f"{percentile([each.acknowledged for each in room.alone], 0.5) * 1000:.0f}",
        *(f"{percentile(delivered, share) * 1000:.0f}" for share in (0.5, 0.95, 0.99)),
        f"{percentile(delivered, 0.5) / first:.1f}",
        f"{percentile(delivered, 0.5) / recipients * 1e6:.0f}",
        "-" if room.alone_cpu is None else f"{room.alone_cpu / deliveries * 1e6:.0f}",
        f"{len(room.busy) / room.busy_seconds:.1f}",
        f"{percentile(busy, 0.95) * 1000:.0f}",
        str(room.missed),
    ]
