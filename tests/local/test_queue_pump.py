"""From a queue to its function: what is done is deleted, what fails comes back, what keeps failing is set aside."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from local.emulation import aws, queues
from local.settings import TABLE_PREFIX
from local.stack import LocalStack
from tests.local.stacks import RECORD, FunctionFolder, stack_of

CONSUME = """
import json
def handler(event, context):
    failures = []
    for record in event["Records"]:
        with open({file!r}, "a") as file:
            file.write(record["body"] + "\\n")
        if record["body"] == "poison":
            failures.append({{"itemIdentifier": record["messageId"]}})
    return {{"batchItemFailures": failures}}
"""


@pytest.fixture
def seen(tmp_path: Path) -> Path:
    return tmp_path / "seen"


@pytest.fixture
def stack(tmp_path: Path, seen: Path) -> Iterator[LocalStack]:
    queue = "{queue: {name: work, batch_size: 5, max_receives: 2}}"
    functions = FunctionFolder(tmp_path / "lambdas").add("consume", queue, CONSUME.format(file=str(seen)))
    with stack_of(functions, tmp_path, queue_visibility_seconds=1) as stack:
        yield stack


def until(condition: Callable[[], Any], seconds: float = 10) -> Any:
    deadline = time.monotonic() + seconds
    while not (value := condition()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return value


def test_a_poison_message_ends_in_the_dead_letter_queue_with_the_others_done(stack: LocalStack, seen: Path) -> None:
    endpoint = stack.outputs["cognito_endpoint"]
    sqs = aws.client("sqs", endpoint)
    bodies = ["one", "poison", "two"]
    entries = [{"Id": str(number), "MessageBody": body} for number, body in enumerate(bodies)]
    sqs.send_message_batch(QueueUrl=stack.variables["PARLEY_QUEUE_URL_WORK"], Entries=entries)

    dead_letters = queues.url(endpoint, TABLE_PREFIX, "work-dead-letter")
    letters = until(lambda: sqs.receive_message(QueueUrl=dead_letters).get("Messages"))

    assert [letter["Body"] for letter in letters] == ["poison"]
    lines = seen.read_text().split()
    assert sorted(lines) == ["one", "poison", "poison", "two"]


def test_a_function_gets_records_in_the_shape_of_sqs(tmp_path: Path) -> None:
    record = RECORD.format(file=str(tmp_path / "event"))
    functions = FunctionFolder(tmp_path / "lambdas").add("consume", "{queue: {name: work}}", record)
    with stack_of(functions, tmp_path) as stack:
        sqs = aws.client("sqs", stack.outputs["cognito_endpoint"])
        sqs.send_message(QueueUrl=stack.variables["PARLEY_QUEUE_URL_WORK"], MessageBody="hello")
        text = until(lambda: (tmp_path / "event").is_file() and (tmp_path / "event").read_text())
    (shaped,) = json.loads(text)["Records"]
    assert (shaped["body"], shaped["eventSource"]) == ("hello", "aws:sqs")
    assert shaped["attributes"]["ApproximateReceiveCount"] == "1"
    assert shaped["eventSourceARN"].endswith(":parley-local-work")
