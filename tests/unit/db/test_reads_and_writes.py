"""Reads and writes of several items: their form, their limits, and what a refusal means."""

import json
from collections.abc import Callable, Iterator

import pytest
from botocore.exceptions import ClientError

from shared.aws import deadline, dynamodb
from shared.aws.dynamodb import DynamoDbUnavailable
from shared.db import reads, transactions
from shared.db.registry import table_types
from shared.db.table import Raw
from shared.db.transactions import ConditionFailed, Contended
from shared.features.memberships.table import Membership
from shared.features.rooms.table import Room
from shared.realtime.connections import Connection
from shared.realtime.subscriptions import Subscription
from shared.realtime.topics import Listener
from tests.unit.fake_http import Answer, FakeHost, Sent

pytestmark = pytest.mark.usefixtures("waits")

ROOMS, MEMBERSHIPS = "parley-unit-rooms", "parley-unit-memberships"


def a_database(monkeypatch: pytest.MonkeyPatch, answer: Callable[[str, Raw], Raw]) -> FakeHost:
    def script(sent: Sent) -> Answer:
        operation = sent.headers["x-amz-target"].rpartition(".")[2]
        return Answer(body=json.dumps(answer(operation, json.loads(sent.body))).encode())

    return FakeHost(script).plug_in(monkeypatch)


def a_refusal(monkeypatch: pytest.MonkeyPatch, code: str, *reasons: str) -> None:
    fault: Raw = {"__type": f"com.amazonaws.dynamodb.v20120810#{code}"}
    if reasons:
        fault["CancellationReasons"] = [{"Code": reason} for reason in reasons]
    FakeHost(lambda _sent: Answer(400, json.dumps(fault).encode())).plug_in(monkeypatch)


def requests(host: FakeHost) -> list[Raw]:
    return [json.loads(sent.body) for sent in host.taken]


def a_room_row(key: Raw) -> Raw:
    texts = {"roomName": {"S": "Tea"}, "visibility": {"S": "open"}, "adminUserIds": {"SS": ["u1"]}}
    return {**key, **texts, "createdAt": {"N": "1"}}


def with_all_rooms(_operation: str, request: Raw) -> Raw:
    wanted = request["RequestItems"][ROOMS]["Keys"]
    return {"Responses": {ROOMS: [a_room_row(key) for key in wanted]}}


def test_a_read_is_one_consistent_call_for_several_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    # given
    room, membership = Room.key("r1"), Membership.key("u1", "r1")
    host = a_database(monkeypatch, lambda *_: {"Responses": {ROOMS: [a_room_row(room.raw())]}})

    # when
    found = reads.read(room, membership, room)

    # then
    (request,) = requests(host)
    assert request["RequestItems"] == {
        ROOMS: {"Keys": [{"roomId": {"S": "r1"}}], "ConsistentRead": True},
        MEMBERSHIPS: {"Keys": [{"userId": {"S": "u1"}, "roomId": {"S": "r1"}}], "ConsistentRead": True},
    }
    assert found[membership] is None
    read = found[Room.key("r1")]
    assert read is not None
    assert (read.room_name, read.admin_user_ids) == ("Tea", {"u1"})


def test_a_read_of_many_is_a_call_for_each_hundred(monkeypatch: pytest.MonkeyPatch) -> None:
    host = a_database(monkeypatch, with_all_rooms)
    keys = [Room.key(f"r{number}") for number in range(201)]

    found = reads.read(*keys)

    assert [len(request["RequestItems"][ROOMS]["Keys"]) for request in requests(host)] == [100, 100, 1]
    assert all(found[key] is not None for key in keys)


def test_what_was_not_read_for_want_of_capacity_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    # given a table that reads one item at a time
    def one(_operation: str, request: Raw) -> Raw:
        first, *rest = request["RequestItems"][ROOMS]["Keys"]
        left = {ROOMS: {"Keys": rest, "ConsistentRead": True}} if rest else {}
        return {"Responses": {ROOMS: [a_room_row(first)]}, "UnprocessedKeys": left}

    host = a_database(monkeypatch, one)
    keys = [Room.key(f"r{number}") for number in range(3)]

    # when
    found = reads.read(*keys)

    # then
    assert all(found[key] is not None for key in keys)
    assert all(request["RequestItems"][ROOMS]["ConsistentRead"] for request in requests(host))


def test_a_read_is_never_a_part(monkeypatch: pytest.MonkeyPatch) -> None:
    a_database(monkeypatch, lambda _, request: {"Responses": {}, "UnprocessedKeys": request["RequestItems"]})
    deadline.set_remaining(0.5)

    with pytest.raises(DynamoDbUnavailable):
        reads.read(Room.key("r1"))


def test_one_operation_is_written_plainly_and_several_as_a_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    host = a_database(monkeypatch, lambda *_: {})

    transactions.write(transactions.remove(Room.key("r1")))
    transactions.write(transactions.remove(Room.key("r1")), transactions.remove(Room.key("r2")))

    assert [sent.headers["x-amz-target"].rpartition(".")[2] for sent in host.taken] == [
        "DeleteItem",
        "TransactWriteItems",
    ]
    plain, transaction = requests(host)
    assert plain == {"TableName": ROOMS, "Key": {"roomId": {"S": "r1"}}}
    assert [list(item) for item in transaction["TransactItems"]] == [["Delete"], ["Delete"]]


def test_a_change_never_brings_an_item_back(monkeypatch: pytest.MonkeyPatch) -> None:
    a_database(monkeypatch, lambda *_: {})

    operation = transactions.change(Room.key("r1"), [Room.last_seq.set(2)], Room.last_seq == 1)

    assert operation.kind == "Update"
    assert "attribute_exists" in operation.arguments["ConditionExpression"]
    assert operation.arguments["ExpressionAttributeNames"].items() >= {"#0": "roomId"}.items()


@pytest.mark.parametrize(
    ("code", "reasons", "expected"),
    [
        ("ConditionalCheckFailedException", (), frozenset({0})),
        ("TransactionCanceledException", ("None", "ConditionalCheckFailed"), frozenset({1})),
        ("TransactionCanceledException", ("ConditionalCheckFailed", "ConditionalCheckFailed"), frozenset({0, 1})),
        ("TransactionCanceledException", ("TransactionConflict", "ConditionalCheckFailed"), frozenset({1})),
    ],
)
def test_a_failed_condition_is_told_by_its_places(
    monkeypatch: pytest.MonkeyPatch, code: str, reasons: tuple[str, ...], expected: frozenset[int]
) -> None:
    a_refusal(monkeypatch, code, *reasons)

    with pytest.raises(ConditionFailed) as refused:
        transactions.write(transactions.remove(Room.key("r1")), transactions.remove(Room.key("r2")))

    assert refused.value.failed == expected


@pytest.mark.parametrize(
    ("code", "reasons"),
    [
        ("TransactionCanceledException", ("None", "TransactionConflict")),
        ("TransactionCanceledException", ("ThrottlingError", "None")),
        ("TransactionCanceledException", ("ProvisionedThroughputExceeded",)),
    ],
)
def test_another_transaction_in_the_way_is_told_apart_from_a_condition(
    monkeypatch: pytest.MonkeyPatch, code: str, reasons: tuple[str, ...]
) -> None:
    a_refusal(monkeypatch, code, *reasons)

    with pytest.raises(Contended):
        transactions.write(transactions.remove(Room.key("r1")), transactions.remove(Room.key("r2")))


@pytest.mark.parametrize(
    ("code", "reasons"),
    [("ValidationException", ()), ("TransactionCanceledException", ("ValidationError", "None"))],
)
def test_a_write_that_is_wrong_is_an_error(
    monkeypatch: pytest.MonkeyPatch, code: str, reasons: tuple[str, ...]
) -> None:
    a_refusal(monkeypatch, code, *reasons)

    with pytest.raises(ClientError, match=code):
        transactions.write(transactions.remove(Room.key("r1")), transactions.remove(Room.key("r2")))


def test_many_are_removed_by_25_and_again_until_all_are_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    # given a table that takes all but the last at first
    removed: list[str] = []

    def fickle(_operation: str, request: Raw) -> Raw:
        name, wanted = next(iter(request["RequestItems"].items()))
        taken, left = (wanted, []) if len(wanted) == 1 else (wanted[:-1], wanted[-1:])
        removed.extend(each["DeleteRequest"]["Key"]["connectionId"]["S"] for each in taken)
        return {"UnprocessedItems": {name: left} if left else {}}

    host = a_database(monkeypatch, fickle)
    ids = [f"c{number:02}" for number in range(30)]

    # when
    transactions.remove_all(Connection.key(each) for each in ids)

    # then
    assert sorted(removed) == ids
    assert all(len(next(iter(request["RequestItems"].values()))) <= 25 for request in requests(host))


def a_subscription_row(connection_id: str) -> Raw:
    return {"connectionId": {"S": connection_id}, "userId": {"S": "u1"}, "expiresAt": {"N": "5"}}


def test_a_list_is_read_page_after_page_and_consistently(monkeypatch: pytest.MonkeyPatch) -> None:
    # given pages of which the second is empty
    key = {"topic": {"S": "t"}, "connectionId": {"S": "b"}}
    pages: Iterator[Raw] = iter(
        [
            {"Items": [a_subscription_row("a"), a_subscription_row("b")], "LastEvaluatedKey": key},
            {"Items": [], "LastEvaluatedKey": key},
            {"Items": [a_subscription_row("c")]},
        ]
    )
    host = a_database(monkeypatch, lambda *_: next(pages))

    # when, then
    assert list(Subscription.listeners("t")) == [Listener(each, "u1", 5) for each in "abc"]
    assert [request["ConsistentRead"] for request in requests(host)] == [True] * 3
    assert [request.get("ExclusiveStartKey") for request in requests(host)] == [None, key, key]


def test_a_slice_of_listeners_leaves_out_its_lower_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    # given: DynamoDB's BETWEEN has both bounds in it
    a_database(monkeypatch, lambda *_: {"Items": [a_subscription_row(each) for each in "abc"]})

    assert [each.connection_id for each in Subscription.listeners("t", after="a", until="c")] == ["b", "c"]


def test_all_models_share_one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    a_database(monkeypatch, lambda *_: {})

    assert {id(model._get_connection().connection) for model in table_types()} == {id(dynamodb.connection())}


def test_every_table_has_our_prefix_and_a_name_of_its_own() -> None:
    names = [model.table_name() for model in table_types()]

    assert len(set(names)) == len(names) == 11
    assert {name.rpartition("-")[0] for name in names} == {ROOMS.removesuffix("-rooms")}
