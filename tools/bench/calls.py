"""AWS calls, consumed capacity and dollars per command."""

import gc
import json
import time
from dataclasses import dataclass

from shared.features.rate_limits.service import SAMPLE
from shared.protocol.limits import MAX_HISTORY, MAX_MESSAGE_BYTES
from tools.bench import world
from tools.bench.capacity import Usage, counted
from tools.bench.database import Database
from tools.bench.far_side import BILLED_BYTES, Arrived, FarSide
from tools.bench.report import Section
from tools.bench.world import CONTEXT, TEXT, Client, Event
from tools.cost import commands, compute, prices
from tools.cost.commands import Command

MEMBERS = 10
LARGE_ROOM = 150
ROOMS = 20
LONG = "ä" * (MAX_MESSAGE_BYTES // 2)
SAMPLED = 1 / SAMPLE
"""Write units: of so many commands one is counted for all. The bench's own requests are none of those."""
SHORT = {
    "BatchGetItem": "batch get",
    "BatchWriteItem": "batch write",
    "DeleteItem": "delete",
    "PutItem": "put",
    "Query": "query",
    "TransactWriteItems": "transaction",
    "UpdateItem": "update",
}


@dataclass(frozen=True)
class Row:
    """One command in one situation."""

    function: str
    situation: str
    spent: Usage
    arrived: Arrived
    websocket_units: int
    """Billed messages: the frame, the reply and the posts."""
    http_requests: int
    sqs_requests: int
    cpu_seconds: float

    @property
    def dollars(self) -> dict[str, float]:
        """Per million, by service; of Lambda's time only the computing."""
        computing = self.cpu_seconds / compute.CPU_SHARE * compute.MEMORY_GB
        single = {
            "DynamoDB": self.spent.read_units * prices.READ_UNIT + self.spent.write_units * prices.WRITE_UNIT,
            "messages": self.websocket_units * prices.WEBSOCKET_MESSAGE + self.http_requests * prices.HTTP_REQUEST,
            "Lambda": prices.LAMBDA_REQUEST + computing * prices.LAMBDA_GB_SECOND,
            "SQS": self.sqs_requests * prices.SQS_REQUEST,
        }
        return {service: dollars / prices.MILLION for service, dollars in single.items()}

    @property
    def command(self) -> Command:
        """For the bill (`make cost`)."""
        return Command(
            frames=self.websocket_units - self.arrived.units,
            posts=self.arrived.units,
            http_requests=self.http_requests,
            database_calls=self.spent.calls.total(),
            read_units=self.spent.read_units,
            write_units=self.spent.write_units,
            queue_requests=self.sqs_requests,
            cpu_ms=round(self.cpu_seconds * 1000, 1),
        )


class Counter:
    """Runs invocations one by one and makes a row of each."""

    def __init__(self, far_side: FarSide, *, units: bool) -> None:
        self._far_side = far_side
        self._units = units
        self.rows: list[Row] = []

    def frame(self, function: str, situation: str, client: Client, action: str, **fields: object) -> Event:
        """A command of a client; its reply."""
        event = client.event(action, **fields)
        answer = self.invoke(function, situation, event)
        body: str = answer.get("body", "")
        reply: Event = json.loads(body or "{}")
        if reply.get("action") == "error" and function != "default":
            raise world.CommandFailed(f"{function}: {body}")
        return reply

    def invoke(self, function: str, situation: str, event: Event) -> Event:
        """Any event."""
        self._far_side.arrived()
        run = world.handler(function)
        gc.disable()  # one run is all there is: a collection in it would be its whole cost
        with counted(units=self._units) as spent:
            started = time.process_time()
            answer = run(event, CONTEXT)
            cpu = time.process_time() - started
        gc.enable()
        arrived = self._far_side.arrived()
        http_requests = int("rawPath" in event)
        frames = [] if http_requests else [text for text in (event.get("body", ""), answer.get("body", "")) if text]
        units = sum(-(-len(text.encode()) // BILLED_BYTES) for text in frames) + arrived.units
        # A queue's entry is also received and deleted, which Lambda does and SQS bills.
        sqs = arrived.queue_calls + (2 if "Records" in event and "body" in event["Records"][0] else 0)
        if "action" in json.loads(event.get("body") or "{}"):
            spent.write_units += SAMPLED
        self.rows.append(Row(function, situation, spent, arrived, units, http_requests, sqs, cpu))
        return answer


def count(far_side: FarSide, *, units: bool) -> list[Row]:
    """A row for every command, in the situations that matter. Everybody has one connection."""
    counter = Counter(far_side, units=units)
    for scenario in (_connections, _rooms, _messages, _large_room, _http):
        scenario(counter, far_side)
    return counter.rows


def _connections(counter: Counter, _far_side: FarSide) -> None:
    alice = world.newcomer("alice")
    alice.make_room()
    counter.frame("hello", "1 room", alice, "hello")
    counter.frame("disconnect", "1 room", alice, "$disconnect")
    alice.say("connect", "$connect")
    alice.say("hello", "hello")
    for _ in range(9):
        alice.make_room()
    again = Client(alice.user_id, f"{alice.connection_id}2")
    counter.frame("connect", "", again, "$connect")
    counter.frame("hello", "10 rooms", again, "hello")
    counter.frame("get_rooms", "10 rooms, admin of all", again, "getRooms")
    counter.frame("disconnect", "10 rooms", again, "$disconnect")
    others = [world.newcomer("owner").make_room() for _ in range(ROOMS)]
    for other in others:
        alice.join(other)
    counter.frame("get_rooms", "30 rooms, admin of 10", alice, "getRooms")
    counter.frame("ping", "no rooms", alice, "ping")
    counter.frame("ping", f"{ROOMS} rooms", alice, "ping", rooms=others)
    counter.frame("default", "unknown action", alice, "dance")


def _rooms(counter: Counter, _far_side: FarSide) -> None:
    alice, bob, carol, dave = (world.newcomer(name) for name in ("alice", "bob", "carol", "dave"))
    room = {"roomId": counter.frame("create_room", "", alice, "createRoom", roomName="Bench")["roomId"]}

    def join(client: Client, sub_action: str, target: Client | None = None) -> None:
        fields = {**room, "subAction": sub_action, **({"targetUserId": target.user_id} if target else {})}
        situation = f"{sub_action}, 3 members" if sub_action == "approve" else sub_action
        counter.frame("join_room", situation, client, "joinRoom", **fields)

    for newcomer in (bob, carol):
        newcomer.say("join_room", "joinRoom", **room, subAction="request")
        alice.say("join_room", "joinRoom", **room, subAction="approve", targetUserId=newcomer.user_id)
    join(dave, "request")
    join(alice, "reject", dave)
    dave.say("join_room", "joinRoom", **room, subAction="request")
    join(alice, "approve", dave)
    target = {**room, "targetUserId": bob.user_id}
    counter.frame("update_member", "promote, 4 members", alice, "updateMember", **target, change="promote")
    counter.frame("update_member", "ban, 4 members", alice, "updateMember", **target, change="ban")
    counter.frame("get_members", "3 members", alice, "getMembers", **room)
    counter.frame("leave_room", "3 members", carol, "leaveRoom", **room)
    texts = {"userId": dave.user_id, "status": "approved", **room}
    image = {name: {"S": value} for name, value in texts.items()}
    change = {"OldImage": {**image, "version": {"N": "2"}}, "NewImage": {**image, "version": {"N": "3"}}}
    record = {"dynamodb": {**change, "SequenceNumber": "1"}}
    counter.invoke("reconcile_subscriptions", "1 change", {"Records": [record]})


def _messages(counter: Counter, _far_side: FarSide) -> None:
    alice = world.newcomer("alice")
    room_id = world.room_of(alice, MEMBERS)
    room = {"roomId": room_id}
    frame = {**room, "message": TEXT, "clientMessageId": "the-same"}
    situation = f"{MEMBERS} others"
    seq = counter.frame("send_message", situation, alice, "sendMessage", **frame)["seq"]
    counter.frame("send_message", f"{situation}, retry", alice, "sendMessage", **frame)
    counter.frame("send_message", "to the current room, no id", alice, "sendMessage", message=TEXT)
    world.send(alice, room_id, 60)
    counter.frame("get_messages", "50 of a room", alice, "getMessages", **room, limit=50)
    counter.frame("get_messages", "50 of one's own", alice, "getMessages", userId=alice.user_id, limit=50)
    long = {**room, "message": LONG}
    counter.frame("send_message", f"{situation}, 8 KB", alice, "sendMessage", **long, clientMessageId="long")
    for number in range(MAX_HISTORY):
        alice.say("send_message", "sendMessage", **long, clientMessageId=f"{number}")
    counter.frame("get_messages", "the largest page", alice, "getMessages", **room, limit=MAX_HISTORY)
    counter.frame("mark_read", "", alice, "markRead", **room, seq=seq)
    counter.frame("mark_read", "read already", alice, "markRead", **room, seq=seq)


def _large_room(counter: Counter, far_side: FarSide) -> None:
    alice = world.newcomer("alice")
    room_id = alice.make_room()
    world.crowd(room_id, LARGE_ROOM)
    far_side.arrived()
    frame = {"roomId": room_id, "message": TEXT, "clientMessageId": "large"}
    counter.frame("send_message", f"{LARGE_ROOM} others, queued", alice, "sendMessage", **frame)
    (segment,) = counter.rows[-1].arrived.queued
    counter.invoke("fan_out", f"a segment of {LARGE_ROOM}", {"Records": [{"messageId": "1", "body": segment}]})


def _http(counter: Counter, _far_side: FarSide) -> None:
    route = "GET /health"
    request = {"http": {"method": "GET", "path": "/health"}, "requestId": "NzZVMGRljoEFrBw="}
    counter.invoke("health", "", {"routeKey": route, "rawPath": "/health", "requestContext": request})


def uncovered(rows: list[Row]) -> set[str]:
    """The functions with tables or a route that no row is about."""
    return world.names() - {"authorize"} - {row.function for row in rows}


class NotCovered(AssertionError):
    """A function was added without a row here."""


class Outdated(AssertionError):
    """What the bill is made of is not what commands do today."""


def for_the_bill(rows: list[Row]) -> dict[str, Command]:
    """The rows by the names under which `tools.cost` knows them."""
    return {commands.name_of(row.function, row.situation): row.command for row in rows}


def check_the_bill(rows: list[Row]) -> None:
    """Raises Outdated where counts differ; the CPU differs from run to run."""
    today = {name: command.counts() for name, command in for_the_bill(rows).items()}
    kept = {name: command.counts() for name, command in commands.measured().items()}
    changed = [name for name in today.keys() | kept.keys() if today.get(name) != kept.get(name)]
    if changed:
        was_and_is = (f"{name}: {kept.get(name)} is now {today.get(name)}" for name in sorted(changed))
        raise Outdated("; ".join(was_and_is) + "; python -m tools.bench --write renews tools/cost/commands.json")


def covering(database: Database, far_side: FarSide) -> list[Row]:
    """A row for every command. Raises NotCovered."""
    rows = count(far_side, units=database.counts_units)
    if missing := uncovered(rows):
        raise NotCovered(", ".join(sorted(missing)))
    return rows


def measure(database: Database, far_side: FarSide) -> Section:
    """The table. Raises NotCovered."""
    units = database.counts_units
    rows = covering(database, far_side)
    cells = [_cells(row) if units else _cells(row)[:4] for row in rows]
    columns = ["command", "situation", "calls to DynamoDB", "posts"]
    notes = [f"{database.name} does not count capacity units; with Java 17 and Maven, DynamoDB Local does."]
    if units:
        columns += ["read", "write", "DynamoDB $", "messages $", "Lambda $", "SQS $", "sum $"]
        notes = [
            "read, write: request units as DynamoDB Local counts them, in transactions those of its parts.",
            "$: per million commands, us-east-1 (tools/cost/prices.py).",
            f"Of {SAMPLE} commands one is counted, against floods, for a write unit: {SAMPLED:g} for each.",
            "Messages: the frame, its reply and the posts, or the HTTP request.",
            f"Lambda: {compute.MEMORY_GB * 1024:.0f} MB, the request and its computing, without waiting.",
            "Beside: each change of a membership also runs reconcile_subscriptions; connection minutes are $0.25/M;",
            "the authorizer calls no AWS service but, rarely, Cognito's key set.",
        ]
    return Section("4. AWS calls and cost per command", columns, cells, notes=notes)


def _cells(row: Row) -> list[str]:
    calls = ", ".join(
        f"{number} {SHORT[operation]}" if number > 1 else SHORT[operation]
        for operation, number in row.spent.calls.items()
    )
    dollars = row.dollars
    return [
        row.function,
        row.situation or "-",
        calls or "-",
        str(row.arrived.posts),
        f"{row.spent.read_units:g}",
        f"{row.spent.write_units:g}",
        *(f"{dollars[service]:.2f}" for service in ("DynamoDB", "messages", "Lambda", "SQS")),
        f"{sum(dollars.values()):.2f}",
    ]
