"""Reading items: consistent, except from an index."""

from collections.abc import Hashable, Iterator, Sequence
from typing import Any

from pynamodb.expressions.condition import Condition

from shared.aws import retry
from shared.aws.dynamodb import DynamoDbUnavailable, connection
from shared.db.table import Key, Raw, Table, TableType

BATCH_GET_KEYS = 100
"""DynamoDB's limit for one call.
https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html"""


class Found:
    """What `read` found, looked up by the keys that were asked for."""

    def __init__(self, items: dict[Hashable, Any]) -> None:
        self._items = items

    def __getitem__(self, key: Key[TableType]) -> TableType | None:
        item: TableType | None = self._items.get(key.identity())
        return item


def read(*keys: Key[Any]) -> Found:
    """Consistent reads of any number of items of any tables: one call for each hundred. They are no snapshot."""
    unique = {key.identity(): key for key in keys}
    items: dict[Hashable, Any] = {}
    wanted = list(unique.values())
    for start in range(0, len(wanted), BATCH_GET_KEYS):
        _read_batch(wanted[start : start + BATCH_GET_KEYS], items)
    return Found(items)


def get(key: Key[TableType]) -> TableType | None:
    """One consistent read."""
    return read(key)[key]


def _read_batch(keys: Sequence[Key[Any]], items: dict[Hashable, Any]) -> None:
    models = {key.model.table_name(): key.model for key in keys}
    request: Raw = {}
    for key in keys:
        request.setdefault(key.model.table_name(), {"Keys": [], "ConsistentRead": True})["Keys"].append(key.raw())
    for _ in retry.attempts(retry.CAPACITY):
        answer = connection().dispatch("BatchGetItem", {"RequestItems": request})
        for name, rows in answer["Responses"].items():
            for row in rows:
                item = models[name].from_raw_data(row)
                items[_identity_of(item)] = item
        request = answer.get("UnprocessedKeys") or {}
        if not request:
            return
    raise DynamoDbUnavailable("BatchGetItem: throttled until the deadline")


def _identity_of(item: Table) -> Hashable:
    range_name = item._range_keyname
    assert item._hash_keyname is not None
    return (
        item.table_name(),
        getattr(item, item._hash_keyname),
        getattr(item, range_name) if range_name else None,
    )


def rows(
    model: type[Table],
    hash_key: str,
    *,
    range_condition: Condition | None = None,
    attributes: Sequence[str] | None = None,
    index_name: str | None = None,
    forward: bool = True,
    page_size: int | None = None,
    start: Raw | None = None,
) -> Iterator[Raw]:
    """The raw items under one hash key, page after page; consistent, except from an index. `start`: after this key."""
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
