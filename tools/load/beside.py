"""The same commands in a small world, and in one with ten times as much beside them: nothing of it may show."""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from local.emulation import tables
from shared.aws.dynamodb import connection
from shared.aws.http_channel import Channel
from tools.bench import world
from tools.bench.calls.counter import Counter, Row
from tools.bench.database import Database
from tools.bench.far_side import FarSide
from tools.bench.report import Section, Target
from tools.bench.surroundings import TABLE_PREFIX
from tools.bench.world import CONTEXT, TEXT, Client, Event
from tools.load import stored

ROOMS = 20
TIMES = 10
OTHERS = 9
SAID = 60
WARM_UP_ROUNDS = 10


class _World:
    """A database with the people who act and, beside them, so many rooms of others."""

    def __init__(self, database: Database, rooms: int) -> None:
        self._channel = Channel(database.endpoint)
        self.enter()
        tables.ensure(database.endpoint, TABLE_PREFIX)
        self.alice = world.newcomer("alice")
        self.dave = world.newcomer("dave")
        self.maker = world.newcomer("maker")
        self.room_id = world.room_of(self.alice, OTHERS)
        world.send(self.alice, self.room_id, SAID)
        stored.neighbours(rooms)

    def enter(self) -> None:
        """What follows happens here."""
        connection()._channel = self._channel


@dataclass(frozen=True)
class _Step:
    function: str
    event: Callable[[_World], Event]


def _frame(function: str, who: str, action: str, *, in_room: bool = True, **fields: object) -> _Step:
    def event(where: _World) -> Event:
        client: Client = getattr(where, who)
        more = {"roomId": where.room_id} if in_room else {}
        own = {"clientMessageId": str(uuid.uuid4())} if action == "sendMessage" else {}
        marks = [{"roomId": where.room_id, "seq": 1}]
        rooms: dict[str, dict[str, object]] = {"ping": {"rooms": [where.room_id]}, "markRead": {"rooms": marks}}
        return client.event(action, **more, **own, **rooms.get(action, {}), **fields)

    return _Step(function, event)


STEPS = (
    _frame("connect", "alice", "$connect", in_room=False),
    _frame("hello", "alice", "hello", in_room=False),
    _frame("get_rooms", "alice", "getRooms", in_room=False),
    _frame("ping", "alice", "ping", in_room=False),
    _frame("send_message", "alice", "sendMessage", message=TEXT),
    _frame("get_messages", "alice", "getMessages", limit=50),
    _frame("mark_read", "alice", "markRead"),
    _frame("get_members", "alice", "getMembers"),
    _frame("join_room", "dave", "joinRoom", subAction="request"),
    _frame("leave_room", "dave", "leaveRoom"),
    _frame("create_room", "maker", "createRoom", in_room=False, roomName="One more"),
    _frame("disconnect", "maker", "$disconnect", in_room=False),
)
"""In this order, so that a round leaves people as it found them; only the maker gets rooms, in both worlds the same."""


class ReplyIsError(AssertionError):
    """A command failed, where the comparison needs it to succeed."""


def measure(small_database: Database, large_database: Database, far_side: FarSide, rounds: int) -> Section:
    """The table."""
    worlds = (_World(small_database, ROOMS), _World(large_database, ROOMS * TIMES))
    counted = [_count(each, far_side, units=small_database.counts_units) for each in worlds]
    times: list[list[list[float]]] = [[[] for _ in STEPS] for _ in worlds]
    for number in range(WARM_UP_ROUNDS + rounds):
        for place, step in enumerate(STEPS):
            # In turns, for what comes second finds this process's caches warmer.
            order = (0, 1) if number % 2 else (1, 0)
            for each, own in ((worlds[which], times[which]) for which in order):
                seconds = _timed(each, step)
                if number >= WARM_UP_ROUNDS:
                    own[place].append(seconds)
    rows, different = [], 0
    for place, (small, large) in enumerate(zip(*counted, strict=True)):
        same = _counts(small) == _counts(large)
        different += not same
        rows.append(
            [
                small.function,
                *(f"{row.spent.calls.total()}" for row in (small, large)),
                *(f"{row.spent.read_units:g} / {row.spent.write_units:g}" for row in (small, large)),
                *(str(row.arrived.posts) for row in (small, large)),
                "yes" if same else "NO",
                f"{median(times[1][place]) / median(times[0][place]):.2f}",
            ]
        )
    beside = f"{ROOMS} rooms, {ROOMS * stored.MEMBERS} people and {ROOMS * stored.MESSAGES} messages"
    return Section(
        f"3. The same command with {beside} beside it, and with {TIMES} times as many ({rounds} rounds in turns)",
        ("function", "calls", "calls x10", "read / write", "read / write x10", "posts", "posts x10", "same", "time"),
        rows,
        (Target("commands that what lies beside them makes dearer", float(different), 0.0),),
        [
            "calls, read, write: of DynamoDB, in two databases of their own;",
            "time: the handler's, by the clock, in the larger world against the smaller one.",
        ],
    )


def _count(where: _World, far_side: FarSide, *, units: bool) -> list[Row]:
    where.enter()
    counter = Counter(far_side, units=units)
    for step in STEPS:
        _check(step, counter.invoke(step.function, "", step.event(where)))
    return counter.rows


def _counts(row: Row) -> object:
    return (row.spent.calls, row.spent.read_units, row.spent.write_units, row.arrived.posts, row.sqs_requests)


def _timed(where: _World, step: _Step) -> float:
    where.enter()
    event = step.event(where)
    run = world.handler(step.function)
    started = time.perf_counter()
    answer = run(event, CONTEXT)
    seconds = time.perf_counter() - started
    _check(step, answer)
    return seconds


def _check(step: _Step, answer: Event) -> None:
    if answer["statusCode"] != 200 or '"action":"error"' in answer.get("body", ""):
        raise ReplyIsError(f"{step.function}: {answer}")
