"""From an SQS queue to its function.

https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
"""

from typing import Any

from mypy_boto3_sqs import SQSClient

from local.emulation import aws, queues
from local.invocation import InvocationFailed, Invoker
from local.pumps.pump import Pump
from local.settings import REGION
from tools.function_schema import Queue

_WAIT_SECONDS = 1


class QueuePump(Pump):
    """Deletes what the function did; the rest comes back after its visibility timeout, counted by SQS."""

    def __init__(self, function: str, queue: Queue, invoker: Invoker, endpoint: str, prefix: str) -> None:
        super().__init__(function)
        self._invoker = invoker
        self._batch_size = queue.batch_size
        self._url = queues.url(endpoint, prefix, queue.name)
        self._arn = f"arn:aws:sqs:{REGION}:{aws.ACCOUNT}:{prefix}-{queue.name}"
        self._sqs: SQSClient = aws.client("sqs", endpoint)

    def step(self) -> None:
        """One batch."""
        messages = self._sqs.receive_message(
            QueueUrl=self._url,
            MaxNumberOfMessages=self._batch_size,
            WaitTimeSeconds=0 if self.stopping.is_set() else _WAIT_SECONDS,
            MessageSystemAttributeNames=["All"],
            MessageAttributeNames=["All"],
        ).get("Messages", [])
        if not messages:
            return
        done = self._deliver([self._record(message) for message in messages])
        entries = [
            {"Id": str(number), "ReceiptHandle": message["ReceiptHandle"]}
            for number, message in enumerate(messages)
            if message["MessageId"] in done
        ]
        if entries:
            self._sqs.delete_message_batch(QueueUrl=self._url, Entries=entries)  # type: ignore[arg-type]

    def _deliver(self, records: list[dict[str, Any]]) -> set[str]:
        """The ids of what was done."""
        try:
            answer = self._invoker.call_blocking(self.function, {"Records": records})
        except InvocationFailed:
            return set()
        return {record["messageId"] for record in records} - failed_items(answer)

    def _record(self, message: Any) -> dict[str, Any]:
        return {
            "messageId": message["MessageId"],
            "receiptHandle": message["ReceiptHandle"],
            "body": message["Body"],
            "attributes": message.get("Attributes", {}),
            "messageAttributes": message.get("MessageAttributes", {}),
            "md5OfBody": message["MD5OfBody"],
            "eventSource": "aws:sqs",
            "eventSourceARN": self._arn,
            "awsRegion": REGION,
        }


def failed_items(answer: Any) -> set[str]:
    """The identifiers in an answer of the ReportBatchItemFailures kind; none for any other answer."""
    failures = (answer or {}).get("batchItemFailures") if isinstance(answer or {}, dict) else None
    return {failure["itemIdentifier"] for failure in failures or []}
