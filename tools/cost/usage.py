"""What people do in a month, as invocations: the assumptions, each with its reason."""

import dataclasses
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from shared.protocol.limits import MAX_TYPING_LISTENERS
from tools.cost.commands import Command, between, measured

Nat = Literal["none", "single", "per_az"]
Alarms = Literal["essential", "standard"]

DAYS = 365 / 12
HOURS = 730

MINUTES_OF_A_CONNECTION = 85
"""The app opens a new one after 60 to 110 minutes (frontend/src/api/connection/replacement.ts)."""
MINUTES_BETWEEN_PINGS = 4.5
"""The app's, where nothing else is sent: as if it were silent, which is the most it can be (keepAlive.ts)."""
PING_ROOMS = 20
"""At most in one ping (shared/protocol/limits.py)."""
SECONDS_BETWEEN_MARKS = 60
"""Where a person has one device, the app marks what was read in so long a time together, in whatever rooms, and before
the person turns away (features/reading/useMarks.ts). With a second device it is ten seconds."""
MESSAGES_A_MINUTE = 4
"""In a room where people are talking, on average and irregularly: one in fifteen seconds."""
JOINS_PER_USER = 0.05
"""A day: who uses it daily joins a room every three weeks."""
MARKS_PER_MESSAGE = 1 / (1 + SECONDS_BETWEEN_MARKS / 60 * MESSAGES_A_MINUTE)
"""Of one who watches: a mark is for one message and for those that happen to follow it within that time."""
ROOMS_IN_A_ROW = 2
"""That one opens within a minute, on average: who comes to read looks into several. They are marked together."""
TURNING_AWAY = 0.5
"""Of the messages that one sends: what was read before is marked early, because one sends and turns away. What one has
sent oneself needs no mark while it is the last (shared/features/rooms/table.py, `read_by`)."""
INLINE_LIMIT, SEGMENT = 100, 500
"""Listeners to whom the sender's function posts itself, and listeners in one queue entry (shared/core/settings.py)."""
LOOKED_UP = (
    ("get_activity", "get_activity, 1 reaction", 1.0),
    ("get_pins", "get_pins, 1 pin", 0.2),
    ("get_edits", "get_edits, 1 earlier text", 0.1),
    ("get_changes", "get_changes, 4 of one message", 1.0),
    ("pin_message", "pin_message, 10 others", 0.02),
    ("set_notifications", "set_notifications", 0.02),
    ("update_room", "update_room, 3 members", 0.005),
    ("archive_room", "archive_room, 3 members", 0.001),
    ("open_direct", "open_direct, known", 1.0),
    ("open_direct", "open_direct, 1 other", 0.02),
    ("hide_room", "hide_room", 0.05),
)
"""Function, row and how often a person does it on a day. Changes are caught up with after each longer absence."""
AUTHORIZE = Command(cpu_ms=1)
"""Checks a signature with keys that it has; it is not in the bench."""


CANARY = Command(cpu_ms=150)
"""It bills for about a second: it waits for Cognito, two handshakes and four answers. Against the local stack it takes
5 ms of CPU, without TLS."""


@dataclass(frozen=True)
class Usage:
    """A deployment, on an average day."""

    users: float = 1000
    """People who connect on a day, each on one device."""
    messages: float = 10_000
    """Sent on a day, by all together."""
    room: float = 10
    """Connections that hear an average message."""
    hours: float = 2
    """That one person is connected on a day."""
    rooms: float = 5
    """That one person is in."""
    watching: float = 0.5
    """The share of listeners who have the room on screen, where the app marks messages read as they come."""
    reactions: float = 0.3
    """To an average message."""
    edits: float = 0.05
    """Of an average message, deletions included."""
    mentions: float = 0.1
    """In an average message."""
    typing: float = 1.3
    """Times that others are told that somebody is writing, for an average message; in rooms of up to 25 connections."""
    openings: float = 10
    """Rooms that one person opens on a day: one page of history, the members, and a mark."""
    http: float = 0
    """Requests to the HTTP API on a day."""
    kept: float = 12
    """Months of messages in the tables."""
    nat: Nat = "none"
    """As infra/modules/network has it."""
    alarms: Alarms = "essential"
    """As infra/modules/observability has them."""
    canary: float = 0
    """Minutes between two runs of the canary; 0: there is none."""


@dataclass(frozen=True)
class Activity:
    """A kind of invocation, and how many of it there are in a month."""

    name: str
    times: float
    command: Command


def activities(usage: Usage) -> list[Activity]:
    """Everything that runs in a month."""
    return [Activity(name, times * DAYS, command) for name, times, command in _on_a_day(usage)]


def _on_a_day(usage: Usage) -> Iterator[tuple[str, float, Command]]:
    commands = measured()
    users, sent = usage.users, usage.messages
    connections = users * max(1, usage.hours * 60 / MINUTES_OF_A_CONNECTION)
    opened = users * usage.openings
    yield "authorize", connections, AUTHORIZE
    yield "connect", connections, commands["connect"]
    yield "hello", connections, between("hello, 1 room", 1, "hello, 10 rooms", 10, usage.rooms)
    yield "disconnect", connections, between("disconnect, 1 room", 1, "disconnect, 10 rooms", 10, usage.rooms)
    pinged = min(usage.rooms, PING_ROOMS)
    pings = users * usage.hours * 60 / MINUTES_BETWEEN_PINGS
    yield "ping", pings, between("ping, no rooms", 0, f"ping, {PING_ROOMS} rooms", PING_ROOMS, pinged)
    yield "get_invitation", users * JOINS_PER_USER, commands["get_invitation, 3 members"]
    yield "join_room", users * JOINS_PER_USER, commands["join_room, request"]
    yield "reconcile_subscriptions", users * JOINS_PER_USER, commands["reconcile_subscriptions, 1 change"]
    yield "get_messages", opened, commands["get_messages, 50 of a room"]
    yield "get_members", opened, commands["get_members, 3 members"]
    marks = sent * usage.watching * usage.room * MARKS_PER_MESSAGE + sent * TURNING_AWAY
    yield "mark_read", marks, commands["mark_read"]
    yield "mark_read", opened / ROOMS_IN_A_ROW, between("mark_read", 1, "mark_read, 3 rooms", 3, ROOMS_IN_A_ROW)
    mentioning = min(1, usage.mentions)
    yield "send_message", sent * (1 - mentioning), send(usage.room)
    yield "send_message", sent * mentioning, told(commands["send_message, 10 others, 1 mention"], usage.room)
    for name, row, times in LOOKED_UP:
        yield name, users * times, commands[row]
    told_typing = sent * usage.typing
    yield "typing", told_typing, typing(usage.room)
    reacted, edited = sent * usage.reactions, sent * usage.edits
    yield "react", reacted, told(commands["react, 10 others"], usage.room)
    yield "edit_message", edited, told(commands["edit_message, 10 others"], usage.room)
    if usage.room > INLINE_LIMIT:
        segments = math.ceil(usage.room / SEGMENT)
        yield "fan_out", (sent + reacted + edited) * segments, segment(usage.room / segments)
    yield "health", usage.http, commands["health"]
    if usage.canary:
        yield from _of_canary(24 * 60 / usage.canary)


def _of_canary(runs: float) -> Iterator[tuple[str, float, Command]]:
    """Each run opens two connections, which say hello, and sends one message from one to the other."""
    commands = measured()
    yield "canary", runs, CANARY
    yield "authorize", 2 * runs, AUTHORIZE
    for name, row in (("connect", "connect"), ("hello", "hello, 1 room"), ("disconnect", "disconnect, 1 room")):
        yield name, 2 * runs, commands[row]
    yield "send_message", runs, send(1)


def send(listeners: float) -> Command:
    """Sending to so many."""
    return told(measured()["send_message, 10 others"], listeners)


def typing(listeners: float) -> Command:
    """Telling so many that somebody is writing; in a larger room nobody is told."""
    few = measured()["typing, 10 others"]
    return dataclasses.replace(few, posts=listeners if listeners <= MAX_TYPING_LISTENERS else 0)


def told(few: Command, listeners: float) -> Command:
    """What was measured with ten listeners, with so many: between what sending to few and to many takes."""
    to_few, to_many = measured()["send_message, 10 others"], measured()["send_message, 150 others, queued"]
    more = dataclasses.replace(
        few, read_units=to_many.read_units + few.read_units - to_few.read_units, posts=to_many.posts
    )
    many = dataclasses.replace(more, queue_requests=to_many.queue_requests, cpu_ms=to_many.cpu_ms)
    reads = few.read_units + (many.read_units - few.read_units) * (listeners - 10) / 140
    if listeners > INLINE_LIMIT:
        return dataclasses.replace(many, read_units=reads)
    cpu_ms = few.cpu_ms + segment(listeners).cpu_ms - segment(10).cpu_ms
    return dataclasses.replace(few, posts=listeners, read_units=reads, cpu_ms=cpu_ms)


def segment(listeners: float) -> Command:
    """Posting to so many connections: in proportion to the segment of 150 that was measured."""
    whole = measured()["fan_out, a segment of 150"]
    share = listeners / 150
    return dataclasses.replace(whole, posts=listeners, read_units=whole.read_units * share, cpu_ms=whole.cpu_ms * share)
