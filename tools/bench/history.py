"""CPU of a page of fifty messages: Parley's handler against PynamoDB's plain models and against boto3's resource."""

import json
from functools import partial

from tools.bench import world
from tools.bench.database import Database
from tools.bench.far_side import FarSide
from tools.bench.measuring import Contender, median_cpu_us
from tools.bench.plain import get_messages
from tools.bench.report import Section, Target, compared
from tools.bench.sends import Handler, NotTheSame
from tools.bench.with_boto3 import chat
from tools.bench.world import CONTEXT, Event

PAGE = 50
AT_MOST = 1 / 2


def measure(database: Database, far_side: FarSide, rounds: int) -> Section:
    """The table. Raises NotTheSame when the ways do not answer the same."""
    reader = world.newcomer("alice")
    room_id = reader.make_room()
    world.send(reader, room_id, PAGE + 1)
    event = reader.event("getMessages", roomId=room_id, limit=PAGE)
    ways: dict[str, Handler] = {
        "Parley's handler": world.handler("get_messages"),
        "boto3 resource": chat(database.endpoint, far_side.connections_url).get_messages,
        "PynamoDB, plain models": get_messages.handler,
    }
    answers = [_answer(run, event) for run in ways.values()]
    if any(answer != answers[0] for answer in answers):
        raise NotTheSame(f"getMessages: {', '.join(ways)}")
    contenders = [Contender(name, lambda: event, partial(_run, run)) for name, run in ways.items()]
    cpu = median_cpu_us(contenders, rounds)
    return Section(
        f"3. CPU per getMessages of {PAGE} messages ({database.name}, {rounds} rounds)",
        ("way", "CPU µs", "share"),
        compared([each.name for each in contenders], cpu),
        (Target("Parley's share of plain PynamoDB's CPU per page of history", cpu[0] / cpu[-1], AT_MOST),),
    )


def _answer(run: Handler, event: Event) -> object:
    return json.loads(run(event, CONTEXT)["body"])


def _run(run: Handler, event: Event) -> None:
    if '"messageHistory"' not in run(event, CONTEXT)["body"]:
        raise world.CommandFailed("getMessages")
