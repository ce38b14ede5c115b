"""`python -m tools.bench.contention`: sends and changes of one room at the same time, from two processes.

Both write the room's item: a send on the condition of its `lastSeq`, a change on that of its `rev`. DynamoDB Local
answers at once and serves one write at a time where AWS locks items. So every call is delayed here as by a network, and
commands come at random times: between what one reads and what it writes there is time for another. How long AWS holds
an item is not in it.
"""

import argparse
import itertools
import json
import os
import random
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median
from typing import Any

from local.emulation import tables
from shared.aws.dynamodb import SignedConnection
from tools.bench import database, far_side, surroundings, world
from tools.bench.world import TEXT, Client

LISTENERS = 10
MESSAGES = 20
"""Before it begins: changes are spread over them, for it is the room that they fight over."""
THREADS = 16
EMOJI = "👍🎉👀😀🚀🔥🙏💡"
RATES = [(5, 0), (5, 40), (30, 0), (30, 20)]
"""Sends and changes a second."""


@dataclass(frozen=True)
class Outcome:
    """What one process saw: milliseconds from when each command was due, and how many were refused."""

    milliseconds: list[float]
    numbers: list[int]
    """The seq of each message, or the rev of each change."""
    refused: int

    def __str__(self) -> str:
        if not self.milliseconds:
            return "-"
        ordered = sorted(self.milliseconds)
        p95 = ordered[int(len(ordered) * 0.95)]
        return f"{len(ordered)} done, median {median(ordered):.0f} ms, p95 {p95:.0f} ms, {self.refused} refused"


def main() -> int:
    """Measure, or, as one of the two processes, do the work."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench.contention", description=__doc__)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--latency", type=float, default=8, help="of each database call, in ms (default: 8)")
    parser.add_argument("--emulator", action="store_true", help="on the embedded emulator")
    parser.add_argument("--work", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        print(json.dumps(vars(_work(**json.loads(options.work)))))
        return 0
    with database.running(emulated=options.emulator) as base, far_side.running() as receiver:
        surroundings.prepare(base.endpoint, receiver.connections_url, receiver.queue_url)
        tables.ensure(base.endpoint, surroundings.TABLE_PREFIX)
        where = f"{base.name} with {options.latency:g} ms more for each call"
        print(f"One room of {LISTENERS} others, {options.seconds:g} s each, on {where}", flush=True)
        for sends, changes in RATES:
            sent, changed = _measure(sends, changes, options.seconds, options.latency)
            print(f"{sends:3} sends/s: {sent}\n{changes:3} changes/s: {changed}\n", flush=True)
    return 0


def _measure(sends: int, changes: int, seconds: float, latency: float) -> tuple[Outcome, Outcome]:
    owner = world.newcomer("alice")
    room_id = world.room_of(owner, LISTENERS)
    world.send(owner, room_id, MESSAGES)
    page = owner.say("get_messages", "getMessages", roomId=room_id, limit=MESSAGES)
    about = {
        "user_id": owner.user_id,
        "connection_id": owner.connection_id,
        "room_id": room_id,
        "sort_keys": [message["sortKey"] for message in page["messages"]],
        "seconds": seconds,
        "latency": latency,
    }
    running = [_started({**about, "kind": kind, "rate": rate}) for kind, rate in (("send", sends), ("react", changes))]
    sent, changed = (Outcome(**json.loads(process.communicate()[0])) for process in running)
    pong = owner.say("ping", "ping", rooms=[room_id])
    _check(sent, MESSAGES, pong["heads"][room_id])
    _check(changed, 0, pong["revs"][room_id])
    return sent, changed


def _started(work: dict[str, object]) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tools.bench.contention", "--work", json.dumps(work)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ))


def _check(outcome: Outcome, before: int, after: int) -> None:
    """Everything that was acknowledged is stored, each under a number of its own, and nothing else is."""
    if set(outcome.numbers) != set(range(before + 1, after + 1)):
        raise AssertionError(f"acknowledged {sorted(set(outcome.numbers))}, stored up to {after}")


def _work(
    *,
    kind: str,
    user_id: str,
    connection_id: str,
    room_id: str,
    sort_keys: list[str],
    rate: int,
    seconds: float,
    latency: float,
) -> Outcome:
    """So many commands a second, each begun when it is due, however long the others take."""
    surroundings.take_log_lines()
    _delay_calls(latency / 1000)
    client = Client(user_id, connection_id)
    say = _send(client, room_id) if kind == "send" else _react(client, room_id, sort_keys)
    say_in_time = _timed(say)
    begin = time.monotonic() + 0.5
    with ThreadPoolExecutor(THREADS) as threads:
        due = (
            list(itertools.accumulate([begin, *(random.expovariate(rate) for _ in range(int(rate * seconds)))]))
            if rate
            else []
        )
        done = [each for each in threads.map(say_in_time, due) if each]
    return Outcome([taken for taken, _ in done], [number for _, number in done], len(due) - len(done))


def _delay_calls(seconds: float) -> None:
    send = SignedConnection.send

    def late(connection: SignedConnection, operation: str, body: bytes) -> dict[str, Any]:
        time.sleep(seconds)
        return send(connection, operation, body)

    SignedConnection.send = late  # type: ignore[method-assign,assignment]


def _timed(say: Callable[[], int]) -> Callable[[float], tuple[float, int] | None]:
    def at(due: float) -> tuple[float, int] | None:
        time.sleep(max(0.0, due - time.monotonic()))
        try:
            number = say()
        except world.CommandFailed:
            return None
        return (time.monotonic() - due) * 1000, number

    return at


def _send(client: Client, room_id: str) -> Callable[[], int]:
    def say() -> int:
        named = {"roomId": room_id, "clientMessageId": str(uuid.uuid4())}
        return int(client.say("send_message", "sendMessage", message=TEXT, **named)["seq"])

    return say


def _react(client: Client, room_id: str, sort_keys: list[str]) -> Callable[[], int]:
    """Puts each reaction in turn, and takes each back in the next round."""
    each = [
        {"sortKey": sort_key, "emoji": emoji, "on": on}
        for on in (True, False)
        for emoji in EMOJI
        for sort_key in sort_keys
    ]
    turns = itertools.cycle(each)

    def say() -> int:
        return int(client.say("react", "react", roomId=room_id, **next(turns))["rev"])

    return say


if __name__ == "__main__":
    sys.exit(main())
