"""What all tables have in common: one connection, and reads and writes of several items at once.

PynamoDB gives each model a connection, and so a botocore session, of its own; here all models share one.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from botocore.exceptions import ClientError
from pynamodb.connection.table import TableConnection
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.models import Model

from shared import settings
from shared.aws import backoff, deadline
from shared.aws.dynamodb import DynamoDbUnavailable, SignedConnection

BATCH_GET_KEYS = 100
BATCH_WRITE_ITEMS = 25
TRANSACTION_ITEMS = 100
"""Limits of DynamoDB for one call.
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html"""

Raw = dict[str, Any]
"""An item, a key or an operation in DynamoDB's own JSON."""


class ConditionFailed(Exception):
    """A write was refused by its condition, and nothing was written. `failed` holds the positions that refused."""

    def __init__(self, failed: frozenset[int]) -> None:
        super().__init__(f"condition failed at {sorted(failed)}")
        self.failed = failed


class Contended(Exception):
    """Another transaction was in the way, and nothing was written. Read again, wait a little, and try again."""


@cache
def connection() -> SignedConnection:
    """The one connection of this process."""
    return SignedConnection()


def table_name(name: str) -> str:
    """The full name of a table: `{project}-{env}-{name}`."""
    return f"{settings.load(settings.TableSettings).table_prefix}-{name}"


_Table = TypeVar("_Table", bound="Table")


class Table(Model):
    """Base of all models."""

    @classmethod
    def _get_connection(cls) -> TableConnection:
        if cls._connection is None:
            own = super()._get_connection()
            own.connection = _adopt(own)
        assert cls._connection is not None
        return cls._connection

    @classmethod
    def key_names(cls) -> tuple[str, str | None]:
        """The names of the hash key and, where there is one, of the range key, as they stand in the table."""
        attributes = cls.get_attributes()
        assert cls._hash_keyname is not None
        hash_name = str(attributes[cls._hash_keyname].attr_name)
        return hash_name, str(attributes[cls._range_keyname].attr_name) if cls._range_keyname else None

    @classmethod
    def key(cls: type[_Table], hash_key: str, range_key: str | None = None) -> "Key[_Table]":
        """The primary key of an item, for `read`, `check`, `change`, `remove`."""
        return Key(cls, hash_key, range_key)


def _adopt(own: TableConnection) -> SignedConnection:
    shared = connection()
    if own.table_name not in shared._tables:
        shared.add_meta_table(own.get_meta_table())
    return shared


@dataclass(frozen=True)
class Key(Generic[_Table]):
    """One item of one table."""

    model: type[_Table]
    hash_key: str
    range_key: str | None = None

    def raw(self) -> Raw:
        """The key in DynamoDB's JSON."""
        hash_name, range_name = self.model.key_names()
        raw: Raw = {hash_name: {"S": self.hash_key}}
        if range_name is not None:
            raw[range_name] = {"S": self.range_key}
        return raw

    def identity(self) -> Hashable:
        """What tells two keys apart."""
        return (self.model.Meta.table_name, self.hash_key, self.range_key)


class Found:
    """What `read` found, looked up by the keys that were asked for."""

    def __init__(self, items: dict[Hashable, Any]) -> None:
        self._items = items

    def __getitem__(self, key: Key[_Table]) -> _Table | None:
        item: _Table | None = self._items.get(key.identity())
        return item


def read(*keys: Key[Any]) -> Found:
    """Consistent reads of any number of items of any tables: one call for each hundred. They are no snapshot."""
    unique = {key.identity(): key for key in keys}
    items: dict[Hashable, Any] = {}
    wanted = list(unique.values())
    for start in range(0, len(wanted), BATCH_GET_KEYS):
        _read_batch(wanted[start : start + BATCH_GET_KEYS], items)
    return Found(items)


def _read_batch(keys: Sequence[Key[Any]], items: dict[Hashable, Any]) -> None:
    models = {key.model.Meta.table_name: key.model for key in keys}
    request: Raw = {}
    for key in keys:
        request.setdefault(key.model.Meta.table_name, {"Keys": [], "ConsistentRead": True})["Keys"].append(key.raw())
    attempt = 0
    while request:
        answer = connection().dispatch("BatchGetItem", {"RequestItems": request})
        for name, rows in answer["Responses"].items():
            for row in rows:
                item = models[name].from_raw_data(row)
                items[_identity_of(item)] = item
        request = answer.get("UnprocessedKeys") or {}
        if request:
            _wait_for_capacity("BatchGetItem", attempt)
            attempt += 1


def _identity_of(item: Table) -> Hashable:
    range_name = item._range_keyname
    assert item._hash_keyname is not None
    return (
        item.Meta.table_name,
        getattr(item, item._hash_keyname),
        getattr(item, range_name) if range_name else None,
    )


def _wait_for_capacity(operation: str, attempt: int) -> None:
    if deadline.remaining() < 1:
        raise DynamoDbUnavailable(f"{operation}: throttled until the deadline")
    backoff.pause(attempt)


@dataclass(frozen=True)
class Operation:
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
    return Operation("Delete", {"TableName": key.model.Meta.table_name, "Key": key.raw()})


def write(*operations: Operation) -> None:
    """Do one write plainly, or several as one transaction.

    Raises ConditionFailed or Contended when nothing was written, DynamoDbUnavailable when that is unknown.
    """
    try:
        if len(operations) == 1:
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
            request.setdefault(key.model.Meta.table_name, []).append({"DeleteRequest": {"Key": key.raw()}})
        attempt = 0
        while request:
            answer = connection().dispatch("BatchWriteItem", {"RequestItems": request})
            request = answer.get("UnprocessedItems") or {}
            if request:
                _wait_for_capacity("BatchWriteItem", attempt)
                attempt += 1


def rows(
    model: type[Table],
    hash_key: str,
    *,
    range_condition: Condition | None = None,
    attributes: Sequence[str] | None = None,
    index_name: str | None = None,
    forward: bool = True,
    page_size: int | None = None,
) -> Iterator[Raw]:
    """The raw items under one hash key, page after page; consistent, except from an index."""
    start: Raw | None = None
    while True:
        answer = model._get_connection().query(
            hash_key,
            range_key_condition=range_condition,
            attributes_to_get=attributes,
            index_name=index_name,
            consistent_read=index_name is None,
            scan_index_forward=forward,
            limit=page_size,
            exclusive_start_key=start,
        )
        yield from answer["Items"]
        start = answer.get("LastEvaluatedKey")
        if not start:
            return


def text(row: Raw, name: str) -> str:
    """A string attribute of a raw item."""
    value: str = row[name]["S"]
    return value


def optional_text(row: Raw, name: str) -> str | None:
    """A string attribute that may be missing."""
    return text(row, name) if name in row else None


def number(row: Raw, name: str) -> int:
    """A whole-number attribute of a raw item."""
    return int(row[name]["N"])


def optional_number(row: Raw, name: str) -> int | None:
    """A whole-number attribute that may be missing."""
    return number(row, name) if name in row else None
