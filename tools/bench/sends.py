"""CPU per sendMessage to ten members: Parley's handler against the same one with boto3 alone, and with PynamoDB."""

import json
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from shared.db.reads import rows
from shared.features.messages.table import Message
from shared.features.receipts.table import Receipt
from shared.features.rooms.table import Room
from tools.bench import world
from tools.bench.database import Database
from tools.bench.far_side import Arrived, FarSide
from tools.bench.measuring import Contender, median_cpu_us
from tools.bench.plain import send_message
from tools.bench.report import Section, Target, compared
from tools.bench.with_boto3 import chat
from tools.bench.world import CONTEXT, TEXT, Client, Event

MEMBERS = 10
AT_MOST = 1 / 4

Handler = Callable[[Event, Any], Event]


def measure(database: Database, far_side: FarSide, rounds: int) -> Section:
    """The table."""
    sender = world.newcomer("alice")
    contenders = [
        Contender(name, partial(_frame, sender, world.room_of(sender, MEMBERS)), partial(_done, run))
        for name, run in _ways(database, far_side).items()
    ]
    cpu = median_cpu_us(contenders, rounds)
    return Section(
        f"2. CPU per sendMessage to {MEMBERS} members ({database.name}, {rounds} rounds)",
        ("way", "CPU µs", "share"),
        compared([each.name for each in contenders], cpu),
        (Target("Parley's share of plain PynamoDB's and boto3's CPU per sendMessage", cpu[0] / cpu[-1], AT_MOST),),
    )


def _ways(database: Database, far_side: FarSide) -> dict[str, Handler]:
    return {
        "Parley's handler": world.handler("send_message"),
        "boto3 resource and client": chat(database.endpoint, far_side.connections_url).send_message,
        "PynamoDB, plain models, and boto3": send_message.handler,
    }


def _frame(sender: Client, room_id: str) -> Event:
    return sender.event("sendMessage", roomId=room_id, message=TEXT, clientMessageId=str(uuid.uuid4()))


def _done(run: Handler, event: Event) -> None:
    reply = run(event, CONTEXT)["body"]
    if '"messageSent"' not in reply:
        raise world.CommandFailed(reply)


class NotTheSame(AssertionError):
    """The handlers do different things: the comparison would mean nothing."""


def check_same(database: Database, far_side: FarSide) -> None:
    """All handlers store the same rows, post the same frame to the same number of people, and reply the same."""
    sender = world.newcomer("alice")
    effects = {name: _effect(far_side, sender, run) for name, run in _ways(database, far_side).items()}
    if len(set(effects.values())) > 1:
        raise NotTheSame("\n".join(f"{name}: {effect}" for name, effect in effects.items()))


def _effect(far_side: FarSide, sender: Client, run: Handler) -> str:
    """Everything that one send leaves behind, with generated names and times replaced by what they are."""
    room_id = world.room_of(sender, MEMBERS)
    event = _frame(sender, room_id)
    far_side.arrived()
    reply = json.loads(run(event, CONTEXT)["body"])
    arrived: Arrived = far_side.arrived()
    names = {
        room_id: "<room>",
        reply["messageId"]: "<message>",
        reply["clientMessageId"]: "<client message>",
        str(reply["timestamp"]): "<time>",
    }
    receipt_id = f"{room_id}#{sender.user_id}#{reply['clientMessageId']}"
    found = {
        "reply": reply,
        "posts": arrived.posts,
        "frame": json.loads(arrived.last_post),
        "messages": list(rows(Message, room_id)),
        "rooms": [_without(row, "createdAt") for row in rows(Room, room_id)],
        "receipts": [_without(row, "ttl") for row in rows(Receipt, receipt_id)],
    }
    text = json.dumps(found, sort_keys=True)
    for name, meaning in names.items():
        text = text.replace(name, meaning)
    return text


def _without(row: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != name}
