"""Sending to a queue: every entry at least once, within SQS's limits, or an error."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.aws import deadline, retry
from shared.aws.sqs import BATCH_BYTES, Entry, QueueSender, QueueUnavailable, fan_out_queue
from tests.unit.fake_http import Answer, FakeHost, Sent

QUEUE_URL = "https://sqs.example.test/1/fan-out"

pytestmark = pytest.mark.usefixtures("waits")


def a_sender() -> QueueSender:
    return QueueSender(QUEUE_URL, "eu-west-1")


def entries_of(sent: Sent) -> list[dict[str, Any]]:
    request: dict[str, Any] = json.loads(sent.body)
    assert request["QueueUrl"] == QUEUE_URL
    entries: list[dict[str, Any]] = request["Entries"]
    return entries


def taking(choose: Callable[[dict[str, Any]], bool]) -> Callable[[Sent], Answer]:
    """A queue that takes some entries and reports the others as failed, as SQS does with status 200."""

    def answer(sent: Sent) -> Answer:
        entries = entries_of(sent)
        taken = [{"Id": entry["Id"], "MessageId": "m"} for entry in entries if choose(entry)]
        failed = [{"Id": entry["Id"], "SenderFault": False} for entry in entries if not choose(entry)]
        return Answer(body=json.dumps({"Successful": taken, "Failed": failed}).encode())

    return answer


everything = taking(lambda _entry: True)


def a_queue(monkeypatch: pytest.MonkeyPatch, script: Callable[[Sent], Answer | Exception]) -> FakeHost:
    return FakeHost(script).plug_in(monkeypatch)


def test_entries_are_sent_with_their_delay(monkeypatch: pytest.MonkeyPatch) -> None:
    host = a_queue(monkeypatch, everything)

    a_sender().send([Entry("one"), Entry("two", delay_seconds=7)])

    (sent,) = host.taken
    assert (sent.method, sent.path) == ("POST", "/")
    assert sent.headers["x-amz-target"] == "AmazonSQS.SendMessageBatch"
    assert [(entry["MessageBody"], entry["DelaySeconds"]) for entry in entries_of(sent)] == [("one", 0), ("two", 7)]


def test_nothing_to_send_is_no_call(monkeypatch: pytest.MonkeyPatch) -> None:
    host = a_queue(monkeypatch, everything)

    a_sender().send([])

    assert host.taken == []


@pytest.mark.parametrize(("count", "batches"), [(1, [1]), (10, [10]), (11, [10, 1]), (25, [10, 10, 5])])
def test_a_call_takes_ten_entries(monkeypatch: pytest.MonkeyPatch, count: int, batches: list[int]) -> None:
    host = a_queue(monkeypatch, everything)

    a_sender().send([Entry(str(number)) for number in range(count)])

    assert [len(entries_of(sent)) for sent in host.taken] == batches


def test_a_call_takes_no_more_bytes_than_sqs_does(monkeypatch: pytest.MonkeyPatch) -> None:
    host = a_queue(monkeypatch, everything)
    third = "é" * (BATCH_BYTES // 6)

    a_sender().send([Entry(third) for _ in range(7)])

    assert [len(entries_of(sent)) for sent in host.taken] == [3, 3, 1]


@given(st.lists(st.integers(0, 300_000), max_size=30))
def test_every_entry_arrives_in_order_and_within_the_limits(sizes: list[int]) -> None:
    entries = [Entry(f"{place}:" + "x" * size) for place, size in enumerate(sizes)]

    with pytest.MonkeyPatch.context() as patched:
        host = a_queue(patched, everything)
        a_sender().send(entries)

    batches = [[entry["MessageBody"] for entry in entries_of(sent)] for sent in host.taken]
    assert [body for batch in batches for body in batch] == [entry.body for entry in entries]
    assert all(len(batch) <= 10 and sum(map(len, batch)) <= BATCH_BYTES for batch in batches)


def test_only_what_was_not_taken_is_sent_again(monkeypatch: pytest.MonkeyPatch, waits: list[float]) -> None:
    # given a queue that takes one entry of each call
    host = a_queue(monkeypatch, lambda sent: taking(lambda entry: entry == entries_of(sent)[-1])(sent))

    # when
    a_sender().send([Entry("a"), Entry("b"), Entry("c")])

    # then
    assert [[entry["MessageBody"] for entry in entries_of(sent)] for sent in host.taken] == [
        ["a", "b", "c"],
        ["a", "b"],
        ["a"],
    ]
    assert len(waits) == 2


@pytest.mark.parametrize(
    "fault",
    [
        Answer(500, b"oops"),
        Answer(503, b'{"Successful": [{"Id": "0"}]}'),
        Answer(403, b"{}"),
        Answer(200, b"<html>"),
        Answer(200, b"{}"),
        TimeoutError(),
        ConnectionResetError(),
    ],
)
def test_a_failed_call_is_repeated(monkeypatch: pytest.MonkeyPatch, fault: Answer | Exception) -> None:
    host = a_queue(monkeypatch, lambda sent: everything(sent) if len(host.taken) > 1 else fault)

    a_sender().send([Entry("a")])

    assert len(host.taken) == 2


def test_what_is_never_taken_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    host = a_queue(monkeypatch, taking(lambda entry: entry["MessageBody"] != "b"))

    with pytest.raises(QueueUnavailable, match="1 of 2"):
        a_sender().send([Entry("a"), Entry("b")])

    assert len(host.taken) == retry.QUEUE_CALL.attempts


def test_the_deadline_ends_the_attempts(monkeypatch: pytest.MonkeyPatch) -> None:
    host = a_queue(monkeypatch, taking(lambda _entry: False))
    deadline.set_remaining(0.1)

    with pytest.raises(QueueUnavailable):
        a_sender().send([Entry("a")])

    assert len(host.taken) == 1
    assert host.taken[0].timeout == pytest.approx(0.2)


def test_the_fan_out_queue_is_the_one_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    host = a_queue(monkeypatch, everything)

    fan_out_queue().send([Entry("a")])

    assert len(entries_of(host.taken[0])) == 1
