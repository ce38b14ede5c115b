"""Counting what one invocation does."""

import gc
import json
import time
from dataclasses import dataclass

from shared.features.rate_limits.service import SAMPLE
from shared.protocol.limits import MAX_MESSAGE_BYTES
from tools.bench import world
from tools.bench.calls.capacity import Usage, counted
from tools.bench.far_side import BILLED_BYTES, Arrived, FarSide
from tools.bench.world import CONTEXT, Client, Event
from tools.cost import compute, prices
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
