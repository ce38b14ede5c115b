"""The SQS queues that the function files name, each with its dead-letter queue."""

import json
from collections.abc import Iterable

from mypy_boto3_sqs import SQSClient

from local.emulation import aws
from local.settings import REGION
from tools.function_schema import FunctionFile, Queue

RETENTION_SECONDS = "1209600"
"""Two weeks, the most that SQS keeps: a dead letter waits for a person."""


def names(files: Iterable[FunctionFile]) -> dict[str, Queue]:
    """Every queue that a function consumes, by its short name."""
    queues = [file.trigger.queue for file in files]
    return {queue.name: queue for queue in queues if queue is not None}


def url(endpoint: str, prefix: str, name: str) -> str:
    """The URL of a queue. The emulator tells one with a host of its own; this one is where it really is."""
    return f"{endpoint}/{aws.ACCOUNT}/{prefix}-{name}"


def ensure(endpoint: str, prefix: str, queues: dict[str, Queue], visibility_seconds: int | None) -> None:
    """Make the queues that are not there, and bring the settings of the others up to date."""
    sqs: SQSClient = aws.client("sqs", endpoint)
    for name, queue in queues.items():
        dead_letters = f"{prefix}-{name}-dead-letter"
        sqs.create_queue(QueueName=dead_letters, Attributes={"MessageRetentionPeriod": RETENTION_SECONDS})
        redrive = {
            "deadLetterTargetArn": f"arn:aws:sqs:{REGION}:{aws.ACCOUNT}:{dead_letters}",
            "maxReceiveCount": queue.max_receives,
        }
        sqs.create_queue(QueueName=f"{prefix}-{name}")
        sqs.set_queue_attributes(
            QueueUrl=url(endpoint, prefix, name),
            Attributes={
                "RedrivePolicy": json.dumps(redrive),
                "VisibilityTimeout": str(visibility_seconds or queue.visibility_timeout_seconds),
            },
        )
