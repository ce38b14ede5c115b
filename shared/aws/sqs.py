"""Sending to an SQS queue through its JSON API.

https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-json.html
"""

from typing import NamedTuple
from urllib.parse import urlsplit

from pydantic_core import from_json, to_json

from shared.aws import deadline, retry
from shared.aws.http_channel import HTTP_ERRORS, Channel
from shared.aws.signing import Signer, body_hash
from shared.core import services
from shared.core.services import Services
from shared.core.settings import AwsSettings, DeliverySettings

BATCH_ENTRIES = 10
BATCH_BYTES = 1_000_000
"""SQS takes ten entries, and 1 MiB together, in one call."""


class QueueUnavailable(Exception):
    """Not all entries are known to be in the queue."""


class Entry(NamedTuple):
    """One message for the queue; `delay_seconds` (at most 900) before a consumer sees it."""

    body: str
    delay_seconds: int = 0


class QueueSender:
    """Sends to one queue; safe to use from several threads."""

    def __init__(self, queue_url: str, region: str) -> None:
        parts = urlsplit(queue_url)
        self._queue_url = queue_url
        self._channel = Channel(f"{parts.scheme}://{parts.netloc}")
        self._signer = Signer("sqs", region)

    def send(self, entries: list[Entry]) -> None:
        """Put every entry into the queue, at least once. Raises QueueUnavailable."""
        batch: list[Entry] = []
        size = 0
        for entry in entries:
            length = len(entry.body.encode())
            if batch and (len(batch) == BATCH_ENTRIES or size + length > BATCH_BYTES):
                self._send_batch(batch)
                batch, size = [], 0
            batch.append(entry)
            size += length
        if batch:
            self._send_batch(batch)

    def _send_batch(self, entries: list[Entry]) -> None:
        pending = {str(number): entry for number, entry in enumerate(entries)}
        for _ in retry.attempts(retry.QUEUE_CALL):
            pending = self._attempt(pending)
            if not pending:
                return
        raise QueueUnavailable(f"{len(pending)} of {len(entries)} entries were not taken")

    def _attempt(self, pending: dict[str, Entry]) -> dict[str, Entry]:
        """One call; what is left to send."""
        body = to_json(
            {
                "QueueUrl": self._queue_url,
                "Entries": [
                    {"Id": number, "MessageBody": entry.body, "DelaySeconds": entry.delay_seconds}
                    for number, entry in pending.items()
                ],
            }
        )
        headers = self._signer.headers(
            "POST", self._channel.endpoint.host, "/", body_hash(body), "AmazonSQS.SendMessageBatch"
        )
        try:
            status, answer = self._channel.post("/", body, headers, deadline.timeout())
            taken = {entry["Id"] for entry in from_json(answer).get("Successful", [])} if status < 300 else set()  # noqa: PLR2004
        except (ValueError, *HTTP_ERRORS):
            return pending
        return {number: entry for number, entry in pending.items() if number not in taken}


def build_fan_out_queue(services: Services) -> QueueSender:
    """Build the sender to the queue of segments."""
    return QueueSender(services.settings(DeliverySettings).fan_out_queue_url, services.settings(AwsSettings).region)


def fan_out_queue() -> QueueSender:
    """The queue of segments."""
    return services.current().get(build_fan_out_queue)
