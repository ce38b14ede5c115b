"""What a message costs as its room grows, and what commands cost as its history grows: counted, not timed alone."""

import time
from collections.abc import Callable, Sequence
from statistics import median

from tools.bench import world
from tools.bench.calls.counter import Counter, Row
from tools.bench.far_side import FarSide
from tools.bench.report import Section
from tools.bench.world import CONTEXT, TEXT, Event
from tools.load import stored

HISTORIES = (50, 500, 5_000)
PAGE = 50


def by_size(far_side: FarSide, sizes: Sequence[int], *, units: bool) -> Section:
    """One message to a room with so many connections, its part in the queue included."""
    counter = Counter(far_side, units=units)
    rows = []
    for size in sizes:
        alice = world.newcomer("alice")
        room_id = alice.make_room()
        stored.crowd(room_id, size - 1)
        counter.rows.clear()
        frame = {"roomId": room_id, "message": TEXT, "clientMessageId": "one"}
        counter.frame("send_message", "", alice, "sendMessage", **frame)
        for number, segment in enumerate(counter.rows[0].arrived.queued):
            counter.invoke("fan_out", "", {"Records": [{"messageId": str(number), "body": segment}]})
        rows.append(_cells(size, counter.rows))
    return Section(
        "4. One message as its room grows: what AWS counts",
        (
            "size",
            "functions",
            "calls",
            "read",
            "write",
            "posts",
            "SQS",
            "DynamoDB $",
            "messages $",
            "Lambda $",
            "sum $",
            "per recipient",
        ),
        rows,
        notes=[
            "size: connections that listen, the sender's included; functions: invocations, in the queue too.",
            "calls, read, write: of DynamoDB. $ per million messages; per recipient: $ per million posts.",
            "What grows is posts, and of DynamoDB the reading of who listens; writes do not.",
        ],
    )


def _cells(size: int, rows: Sequence[Row]) -> list[str]:
    dollars = [row.dollars for row in rows]
    sums = {service: sum(each[service] for each in dollars) for service in dollars[0]}
    posts = sum(row.arrived.posts for row in rows)
    return [
        str(size),
        str(len(rows)),
        str(sum(row.spent.calls.total() for row in rows)),
        f"{sum(row.spent.read_units for row in rows):g}",
        f"{sum(row.spent.write_units for row in rows):g}",
        str(posts),
        str(sum(row.sqs_requests for row in rows)),
        *(f"{sums[service]:.2f}" for service in ("DynamoDB", "messages", "Lambda")),
        f"{sum(sums.values()):.2f}",
        f"{sum(sums.values()) / posts:.2f}",
    ]


def by_history(far_side: FarSide, rounds: int, *, units: bool) -> Section:
    """Commands in rooms that differ in how much was said in them."""
    alice = world.newcomer("alice")
    rooms = {length: alice.make_room() for length in HISTORIES}
    for length, room_id in rooms.items():
        stored.history(room_id, length)
    frames: dict[str, tuple[str, Callable[[str], Event]]] = {
        "sendMessage": ("send_message", lambda room: alice.event("sendMessage", roomId=room, message=TEXT)),
        "getMessages, the last 50": ("get_messages", lambda room: alice.event("getMessages", roomId=room, limit=PAGE)),
        "getMessages, the first 50": (
            "get_messages",
            lambda room: alice.event("getMessages", roomId=room, limit=PAGE, after="0"),
        ),
        "markRead": ("mark_read", lambda room: alice.event("markRead", rooms=[{"roomId": room, "seq": 1}])),
        "ping": ("ping", lambda room: alice.event("ping", rooms=[room])),
    }
    rows = []
    for name, (function, frame) in frames.items():
        counter = Counter(far_side, units=units)
        for room_id in rooms.values():
            counter.invoke(function, name, frame(room_id))
        times: dict[int, list[float]] = {length: [] for length in HISTORIES}
        run = world.handler(function)
        for _ in range(rounds):
            for length, room_id in rooms.items():
                event = frame(room_id)
                started = time.perf_counter()
                run(event, CONTEXT)
                times[length].append(time.perf_counter() - started)
        first = median(times[HISTORIES[0]])
        for length, row in zip(HISTORIES, counter.rows, strict=True):
            rows.append(
                [
                    name,
                    str(length),
                    str(row.spent.calls.total()),
                    f"{row.spent.read_units:g}",
                    f"{row.spent.write_units:g}",
                    f"{median(times[length]) / first:.2f}",
                ]
            )
    return Section(
        f"5. Commands as a room's history grows ({rounds} rounds in turns)",
        ("command", "messages", "calls", "read", "write", "time"),
        rows,
        notes=["calls, read, write: of DynamoDB; time: the handler's, by the clock, against the shortest history's."],
    )
