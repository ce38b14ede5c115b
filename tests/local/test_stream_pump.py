"""From a stream to its function: in order, repeated from the first failure, dropped after its retries."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from local.emulation import aws
from local.functions import Functions
from local.invocation import Invoker
from local.pumps.checkpoints import Checkpoints
from local.pumps.stream_pump import StreamPump
from tests.local.stacks import FunctionFolder
from tests.support import databases
from tools.function_schema import Stream

STREAM = "{stream: {table: memberships, batch_size: 10, maximum_retry_attempts: 1}}"
REPORTING = """
import json
def handler(event, context):
    failures = []
    for record in event["Records"]:
        with open({file!r}, "a") as file:
            file.write(json.dumps(record) + "\\n")
        if record["dynamodb"]["Keys"]["userId"]["S"] == "poison":
            failures.append({{"itemIdentifier": record["dynamodb"]["SequenceNumber"]}})
            break
    return {{"batchItemFailures": failures}}
"""
RAISING = REPORTING.replace("failures.append", "raise Exception")


@pytest.fixture(
    scope="module",
    params=[databases.EMULATOR, pytest.param(databases.DYNAMODB_LOCAL, marks=pytest.mark.dynamodb_local)],
)
def endpoint(request: pytest.FixtureRequest) -> Iterator[str]:
    with databases.running(request.param) as database:
        yield database.url


class Table:
    """A table with a stream."""

    def __init__(self, endpoint: str, prefix: str) -> None:
        self.prefix = prefix
        self._name = f"{prefix}-memberships"
        self._client = aws.client("dynamodb", endpoint)
        self._client.create_table(
            TableName=self._name,
            AttributeDefinitions=[{"AttributeName": "userId", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "userId", "KeyType": "HASH"}],
            BillingMode="PAY_PER_REQUEST",
            StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
        )

    def put(self, user_id: str, **numbers: int) -> None:
        item = {"userId": {"S": user_id}, **{name: {"N": str(value)} for name, value in numbers.items()}}
        self._client.put_item(TableName=self._name, Item=item)


class Harness:
    """A pump from one table to one function, which writes down what it gets."""

    def __init__(self, endpoint: str, folder: Path, table: Table, code: str) -> None:
        self._file = folder / "seen"
        self._checkpoints = folder / "checkpoints.json"
        self._endpoint = endpoint
        self._table = table
        functions = FunctionFolder(folder / "lambdas").add("consume", STREAM, code.format(file=str(self._file)))
        self._functions = Functions(functions.folder)

    @contextmanager
    def pumping(self) -> Iterator[None]:
        self._functions.load()
        invoker = Invoker(self._functions, 1)
        stream = self._functions.files["consume"].trigger.stream
        assert isinstance(stream, Stream)
        checkpoints = Checkpoints(self._checkpoints)
        pump = StreamPump("consume", stream, invoker, self._endpoint, self._table.prefix, checkpoints)
        pump.start()
        try:
            yield
        finally:
            pump.stopping.set()
            pump.join()
            invoker.close()
            self._functions.unload()

    def records(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self._file.read_text().splitlines()] if self._file.exists() else []

    def users(self) -> list[str]:
        return [record["dynamodb"]["Keys"]["userId"]["S"] for record in self.records()]


def until(condition: Callable[[], bool], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()


def test_changes_arrive_in_order_with_both_images(endpoint: str, tmp_path: Path) -> None:
    table = Table(endpoint, "ordered")
    harness = Harness(endpoint, tmp_path, table, REPORTING)
    with harness.pumping():
        for number in range(20):
            table.put("alice", number=number)
        assert until(lambda: len(harness.records()) == 20)
    first, second = harness.records()[:2]
    assert (first["eventName"], second["eventName"]) == ("INSERT", "MODIFY")
    assert second["dynamodb"]["OldImage"]["number"] == {"N": "0"}
    assert [record["dynamodb"]["NewImage"]["number"]["N"] for record in harness.records()] == [
        str(number) for number in range(20)
    ]
    assert "stream" in first["eventSourceARN"]


@pytest.mark.parametrize("code", [REPORTING, RAISING], ids=["reporting", "raising"])
def test_a_record_that_always_fails_is_dropped_after_its_retries(endpoint: str, tmp_path: Path, code: str) -> None:
    table = Table(endpoint, f"poisoned-{'raising' if code is RAISING else 'reporting'}")
    harness = Harness(endpoint, tmp_path, table, code)
    with harness.pumping():
        for user_id in ("before", "poison", "after"):
            table.put(user_id)
        assert until(lambda: "after" in harness.users())
    users = harness.users()
    # Once, and one retry. Where the function does not report which failed, batches of three and of two come before.
    assert users.count("poison") in ({2} if code is REPORTING else {2, 3, 4})
    assert users.index("before") < users.index("poison") < users.index("after")


def test_a_restart_goes_on_where_the_last_run_ended(endpoint: str, tmp_path: Path) -> None:
    table = Table(endpoint, "restarted")
    harness = Harness(endpoint, tmp_path, table, REPORTING)
    with harness.pumping():
        table.put("one")
        assert until(lambda: harness.users() == ["one"])
        time.sleep(0.1)  # the checkpoint follows the function's return
    table.put("two")
    with harness.pumping():
        assert until(lambda: len(harness.users()) > 1)
    assert harness.users() == ["one", "two"]
