"""Faults of Lambdas and of what they call: killed, throttled, unanswered, slow, with clocks apart."""

import importlib
import json
import threading
import time
from collections.abc import Callable
from typing import Any

from local.functions import Functions, Handler
from tests.chaos.injection.kinds import Fault, Faults
from tests.chaos.injection.patches import Patches
from tests.chaos.injection.pumps import was_struck_often
from tests.support.faults import Killed

_WRITES = ("PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems")
LISTEN_AFTER_EXPIRY_MS = 5_000
GIVE_UP_AFTER_MS = 10_000

_READERS = {"get_messages", "presence", "read_lists"}
"""Functions that change nothing: clients go on asking when all is quiet."""


class LambdaDied(Exception):
    """What is seen from outside of an invocation whose process was killed."""


class LambdaFaults:
    """Patch before the stack starts (`around_invocations`) and once its functions are loaded (`within`)."""

    def __init__(self, faults: Faults, patches: Patches) -> None:
        self._patches = patches
        self._killed_before = faults.kind("Lambda killed before a call to AWS", 0.004)
        self._killed_after = faults.kind("Lambda killed after a call to AWS took effect", 0.004)
        self._throttled = faults.kind("table throttled", 0.02)
        self._unprocessed = faults.kind("part of a batch left unprocessed", 0.02)
        self._lost = faults.kind("DynamoDB's answer lost after it took effect", 0.01)
        self._contended = faults.kind("another transaction in the way", 0.02)
        self._slow = faults.kind("slow call to AWS", 0.02)
        self._queue_throttled = faults.kind("queue throttled", 0.1)
        self._queue_lost = faults.kind("the queue's answer lost after it took effect", 0.1)
        self._skewed = faults.kind("Lambda whose clock is seconds off", 0.5)
        self._short_lived = faults.kind("token that ends in mid-conversation", 0.25, cuts=True)
        self._own = threading.local()
        self._lock = threading.Lock()
        self.running = 0
        """Invocations under way of functions that may change something."""

    def around_invocations(self, authorizer: str) -> None:
        """Let a killed invocation end as one, and give each its clock."""
        original: Callable[[Functions, str], Handler] = Functions.handler

        def handler(functions: Functions, name: str) -> Handler:
            inner = original(functions, name)
            counts = name not in _READERS

            def invoke(event: dict[str, Any], context: Any) -> Any:
                with self._lock:
                    self.running += counts
                try:
                    self._own.spared = was_struck_often(event)
                    self._own.skew_ms = int(1000 * self._skewed.between(-4, 4)) if self._skewed.strikes() else 0
                    answer = inner(event, context)
                except Killed as killed:
                    raise LambdaDied(f"killed at {killed}") from None
                finally:
                    with self._lock:
                        self.running -= counts
                if name == authorizer and answer.get("context"):
                    self._end_token_soon(answer["context"])
                return answer

            return invoke

        self._patches.put(Functions, "handler", handler)

    def within(self) -> None:
        """Patch `shared` as the functions of a running stack have imported it."""
        self._tables()
        self._queues()
        self._posts()
        clock = importlib.import_module("shared.core.clock")
        exact: Callable[[], int] = clock.now_ms
        self._patches.put(clock, "now_ms", lambda: exact() + getattr(self._own, "skew_ms", 0))
        # What takes a minute or five otherwise.
        self._patches.put(
            importlib.import_module("shared.identity.callers"), "LISTEN_AFTER_EXPIRY_MS", LISTEN_AFTER_EXPIRY_MS
        )
        self._patches.put(importlib.import_module("shared.realtime.fan_out"), "GIVE_UP_AFTER_MS", GIVE_UP_AFTER_MS)

    def _strikes(self, fault: Fault) -> bool:
        return not getattr(self._own, "spared", False) and fault.strikes()

    def _end_token_soon(self, person: dict[str, str]) -> None:
        if self._short_lived.strikes():
            soon = time.time_ns() // 1_000_000 + int(1000 * self._short_lived.between(3, 15))
            person["expiresAt"] = str(min(int(person["expiresAt"]), soon))

    def _tables(self) -> None:
        dynamodb = importlib.import_module("shared.aws.dynamodb")
        client_error = importlib.import_module("botocore.exceptions").ClientError
        exceptions = importlib.import_module("pynamodb.exceptions")
        conflict = [exceptions.CancellationReason(code="TransactionConflict")]

        def send(connection: Any, operation: str, body: bytes) -> dict[str, Any]:
            self._before(operation)
            if self._strikes(self._throttled):
                raise client_error({"Error": {"Code": "ThrottlingException", "Message": ""}}, operation)
            if operation in _WRITES and self._strikes(self._contended):
                if operation == "TransactWriteItems":
                    error = {"Error": {"Code": "TransactionCanceledException", "Message": ""}}
                    raise exceptions.VerboseClientError(error, operation, {}, cancellation_reasons=conflict)
                raise client_error({"Error": {"Code": "TransactionConflictException", "Message": ""}}, operation)
            left: dict[str, Any] = {}
            answer: dict[str, Any] = original(connection, operation, self._part_of(operation, body, left))
            answer.update(left)
            self._after(operation)
            if self._strikes(self._lost):
                raise TimeoutError("no answer")
            return answer

        original = self._patches.put(dynamodb.SignedConnection, "send", send)

    def _part_of(self, operation: str, body: bytes, left: dict[str, Any]) -> bytes:
        """What DynamoDB works on of a batch, and, in `left`, what it gives back as unprocessed."""
        if operation not in ("BatchGetItem", "BatchWriteItem") or not self._strikes(self._unprocessed):
            return body
        request = json.loads(body)
        tables = sorted(request["RequestItems"])
        if len(tables) < 2:
            return body
        rest = {tables[-1]: request["RequestItems"].pop(tables[-1])}
        left["UnprocessedKeys" if operation == "BatchGetItem" else "UnprocessedItems"] = rest
        return bytes(json.dumps(request).encode())

    def _queues(self) -> None:
        queue = importlib.import_module("shared.aws.sqs")

        def attempt(sender: Any, pending: dict[str, Any]) -> dict[str, Any]:
            self._before("SendMessageBatch")
            if self._strikes(self._queue_throttled):
                return pending
            left: dict[str, Any] = original(sender, pending)
            self._after("SendMessageBatch")
            return pending if self._strikes(self._queue_lost) else left

        original = self._patches.put(queue.QueueSender, "_attempt", attempt)

    def _posts(self) -> None:
        posting = importlib.import_module("shared.realtime.posting")

        def send(batch: Any, line: Any, connection_id: str) -> None:
            self._before("post")
            original(batch, line, connection_id)
            self._after("post")

        original = self._patches.put(posting._Batch, "_send", send)

    def _before(self, call: str) -> None:
        if self._strikes(self._killed_before):
            raise Killed(f"before {call}")
        if self._strikes(self._slow):
            time.sleep(self._slow.between(0.05, 0.8))

    def _after(self, call: str) -> None:
        if self._strikes(self._killed_after):
            raise Killed(f"after {call}")
