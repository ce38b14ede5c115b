"""Sending to a real SQS API: the emulator's."""

from collections.abc import Iterator

import pytest

from local.emulation import aws
from shared.aws.sqs import Entry, QueueSender, QueueUnavailable
from tests.support import environment
from tests.support.databases import EMULATOR, Database

pytestmark = pytest.mark.parametrize("database", [EMULATOR], indirect=True)
"""SQS is the emulator's, whatever the database."""


@pytest.fixture
def queue_url(database: Database) -> Iterator[str]:
    """An empty queue."""
    database.use()
    sqs = aws.client("sqs", database.url)
    sqs.create_queue(QueueName="test")
    yield f"{database.url}/{aws.ACCOUNT}/test"
    sqs.close()
    environment.forget()


def _received(queue_url: str) -> list[str]:
    sqs = aws.client("sqs", queue_url.rpartition("/")[0].rpartition("/")[0])
    bodies: list[str] = []
    while messages := sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10).get("Messages"):
        bodies += [message["Body"] for message in messages]
        for message in messages:
            sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
    sqs.close()
    return bodies


def test_any_number_of_entries_of_any_size_arrive(queue_url: str) -> None:
    # given
    bodies = [f"{number} \u00e9\U0001f600\u2028" for number in range(23)] + ["x" * 200_000 + str(n) for n in range(7)]

    # when
    QueueSender(queue_url, "us-east-1").send([Entry(body) for body in bodies])

    # then
    assert sorted(_received(queue_url)) == sorted(bodies)


def test_a_delayed_entry_is_not_there_yet(queue_url: str) -> None:
    # when
    QueueSender(queue_url, "us-east-1").send([Entry("later", delay_seconds=60), Entry("now")])

    # then
    assert _received(queue_url) == ["now"]


@pytest.mark.parametrize("url", ["/000000000000/missing", None])
def test_a_queue_that_takes_nothing_is_said_to_be_unavailable(
    queue_url: str, url: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a queue that is not there, or a host that does not answer
    from shared.aws import retry

    monkeypatch.setattr(retry, "pause", lambda *_, **__: None)
    sender = QueueSender(queue_url.replace("/000000000000/test", url) if url else "http://127.0.0.1:1/q", "us-east-1")

    # when, then
    with pytest.raises(QueueUnavailable):
        sender.send([Entry("lost")])
