"""Writing items: one plainly, several as one transaction; always on conditions that make a repetition harmless."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from botocore.exceptions import ClientError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from shared.aws import retry
from shared.aws.dynamodb import DynamoDbUnavailable, connection
from shared.db.table import Key, Raw, Table

BATCH_WRITE_ITEMS = 25
TRANSACTION_ITEMS = 100
"""DynamoDB's limits for one call.
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html"""


class ConditionFailed(Exception):
    """A write was refused by its condition, and nothing was written. `failed` holds the positions that refused."""

    def __init__(self, failed: frozenset[int]) -> None:
        super().__init__(f"condition failed at {sorted(failed)}")
        self.failed = failed


class Contended(Exception):
    """Another transaction was in the way, and nothing was written. Read again, wait a little, and try again."""


class Operation(NamedTuple):
    """One part of a write: `kind` is DynamoDB's name for it in a transaction."""

    kind: str
    arguments: Raw


def put(item: Table, condition: Condition | None = None) -> Operation:
    """Store an item, replacing what is there unless the condition forbids it."""
    return Operation("Put", item.get_save_kwargs_from_instance(condition=condition))


def change(key: Key[Any], actions: Sequence[Action], condition: Condition) -> Operation:
    """Change attributes of an item that exists: an update never brings an item back without its ttl."""
    exists = key.model._hash_key_attribute().exists()
    return Operation(
        "Update",
        key.model._get_connection().get_operation_kwargs(
            key.hash_key, range_key=key.range_key, actions=list(actions), condition=exists & condition
        ),
    )


def check(key: Key[Any], condition: Condition) -> Operation:
    """Only let the transaction through while this holds."""
    return Operation(
        "ConditionCheck",
        key.model._get_connection().get_operation_kwargs(key.hash_key, range_key=key.range_key, condition=condition),
    )


def remove(key: Key[Any]) -> Operation:
    """Delete an item; none being there is fine."""
    return Operation("Delete", {"TableName": key.model.table_name(), "Key": key.raw()})


def add_up(key: Key[Any], attribute: str, amount: int, *, ttl: int) -> int:
    """Add to a number, which is 0 where there is no item yet, and say the sum. Repeated when its answer was lost."""
    answer = connection().dispatch(
        "UpdateItem",
        {
            "TableName": key.model.table_name(),
            "Key": key.raw(),
            "UpdateExpression": "ADD #sum :amount SET #ttl = :ttl",
            "ExpressionAttributeNames": {"#sum": attribute, "#ttl": "ttl"},
            "ExpressionAttributeValues": {":amount": {"N": str(amount)}, ":ttl": {"N": str(ttl)}},
            "ReturnValues": "UPDATED_NEW",
        },
    )
    return int(answer["Attributes"][attribute]["N"])


def write(*operations: Operation, once: bool = False) -> None:
    """Do one write plainly, or several as one transaction.

    A plain write whose answer was lost is repeated, and then may fail by the condition that its first attempt ended.
    With `once` it is a transaction too, at twice the price: its repetition succeeds.

    Raises ConditionFailed or Contended when nothing was written, DynamoDbUnavailable when that is unknown.
    """
    try:
        if len(operations) == 1 and not once:
            (single,) = operations
            connection().dispatch(f"{single.kind}Item", single.arguments)
        else:
            parts = [{operation.kind: operation.arguments} for operation in operations]
            connection().dispatch("TransactWriteItems", {"TransactItems": parts})
    except ClientError as error:
        raise _refusal(error) from error


def _refusal(error: ClientError) -> Exception:
    code = error.response["Error"]["Code"]
    if code == "ConditionalCheckFailedException":
        return ConditionFailed(frozenset({0}))
    if code != "TransactionCanceledException":
        return error
    reasons = getattr(error, "cancellation_reasons", [])
    codes = [reason.code if reason else "None" for reason in reasons]
    failed = frozenset(position for position, code in enumerate(codes) if code == "ConditionalCheckFailed")
    if failed:
        return ConditionFailed(failed)
    if {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"} & set(codes):
        return Contended()
    return error


def remove_all(keys: Iterable[Key[Any]]) -> None:
    """Delete items in batches of 25; none being there is fine. Not atomic."""
    pending = list(keys)
    for start in range(0, len(pending), BATCH_WRITE_ITEMS):
        request: Raw = {}
        for key in pending[start : start + BATCH_WRITE_ITEMS]:
            request.setdefault(key.model.table_name(), []).append({"DeleteRequest": {"Key": key.raw()}})
        for _ in retry.attempts(retry.CAPACITY):
            answer = connection().dispatch("BatchWriteItem", {"RequestItems": request})
            request = answer.get("UnprocessedItems") or {}
            if not request:
                break
        else:
            raise DynamoDbUnavailable("BatchWriteItem: throttled until the deadline")
