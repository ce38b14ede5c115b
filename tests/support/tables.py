"""Filling and looking through the tables of a test."""

import contextlib
import json
from collections.abc import Iterable
from typing import Any

from shared.aws.dynamodb import connection
from shared.db.registry import table_types
from shared.db.table import Key, Raw, Table
from shared.db.transactions import BATCH_WRITE_ITEMS, remove_all
from shared.features.rate_limits.table import Allowance

Snapshot = dict[str, list[str]]

_MORE_ATTEMPTS = 4


def store(items: Iterable[Table]) -> None:
    """Put many items quickly, with no condition. A batch that a busy machine does not answer in time is repeated."""
    pending = list(items)
    for start in range(0, len(pending), BATCH_WRITE_ITEMS):
        request: Raw = {}
        for item in pending[start : start + BATCH_WRITE_ITEMS]:
            request.setdefault(item.table_name(), []).append({"PutRequest": {"Item": item.serialize()}})
        while request:
            request = _put(request)


def _put(request: Raw) -> Raw:
    """Put one batch; what is left of it to put."""
    for _ in range(_MORE_ATTEMPTS):
        with contextlib.suppress(TimeoutError):
            return _put_once(request)
    return _put_once(request)


def _put_once(request: Raw) -> Raw:
    return connection().dispatch("BatchWriteItem", {"RequestItems": request}).get("UnprocessedItems") or {}


def remove(*keys: Key[Any]) -> None:
    """Delete items, as DynamoDB does when their time is over."""
    remove_all(keys)


def everything() -> Snapshot:
    """All items of all tables, comparable; without what is only counted, as a refused command is too."""
    names = [model.table_name() for model in table_types() if model is not Allowance]
    return {name: sorted(map(_text, _scan(name))) for name in names}


def items(model: type[Table]) -> list[Raw]:
    """All items of one table."""
    return list(_scan(model.table_name()))


def _scan(table: str) -> Iterable[Raw]:
    arguments: Raw = {"TableName": table, "ConsistentRead": True}
    while True:
        answer = connection().dispatch("Scan", arguments)
        yield from answer["Items"]
        if not answer.get("LastEvaluatedKey"):
            return
        arguments["ExclusiveStartKey"] = answer["LastEvaluatedKey"]


def _text(item: Raw) -> str:
    ordered = {
        name: {kind: sorted(value) if kind == "SS" else value}
        for name, attribute in item.items()
        for kind, value in attribute.items()
    }
    return json.dumps(ordered, sort_keys=True)
