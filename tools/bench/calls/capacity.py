"""What one invocation does to DynamoDB: its calls and the capacity they consume, as AWS bills it.

Counted at `SignedConnection.send`, the one point where Parley touches DynamoDB, by asking DynamoDB Local what
each call takes; where it is known to say another number than the service, the service's rule is applied to its answers.
"""

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pydantic_core import from_json, to_json

from shared.aws.dynamodb import connection
from shared.db.table import Raw

Send = Callable[[str, bytes], Raw]


@dataclass
class Usage:
    """What one invocation did to DynamoDB."""

    calls: Counter[str] = field(default_factory=Counter)
    read_units: float = 0.0
    write_units: float = 0.0


@contextlib.contextmanager
def counted(*, units: bool) -> Iterator[Usage]:
    """Count what passes `SignedConnection.send` meanwhile; with `units`, what it consumes as well."""
    shared = connection()
    original = shared.send
    spent = Usage()

    def send(operation_name: str, body: bytes) -> Raw:
        spent.calls[operation_name] += 1
        if not units:
            return original(operation_name, body)
        request: Raw = from_json(body)
        if operation_name == "TransactWriteItems":
            return _in_parts(original, request, spent)
        answer = original(operation_name, to_json({**request, "ReturnConsumedCapacity": "TOTAL"}))
        told = answer.get("ConsumedCapacity") or []
        consumed = sum(each["CapacityUnits"] for each in (told if isinstance(told, list) else [told]))
        if operation_name == "BatchGetItem":
            spent.read_units += consumed + _not_found(request, answer)
        elif operation_name == "Query":
            spent.read_units += consumed
        else:
            spent.write_units += consumed
        return answer

    shared.send = send  # type: ignore[method-assign]
    try:
        yield spent
    finally:
        shared.send = original  # type: ignore[method-assign]


TRANSACTION_FACTOR = 2
"""In a transaction each item, also one that is only checked, takes two units for each KB.
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html"""


def _in_parts(send: Send, request: Raw, spent: Usage) -> Raw:
    """Carry out a transaction's parts one by one, and count each twice, but its indexes, which follow the commit, once.

    DynamoDB Local 2.6.1 says four units for each table of a transaction, whatever was written.
    """
    for part in request["TransactItems"]:
        ((kind, arguments),) = part.items()
        if kind == "ConditionCheck":
            spent.write_units += TRANSACTION_FACTOR
            continue
        answer = send(f"{kind}Item", to_json({**arguments, "ReturnConsumedCapacity": "INDEXES"}))
        told = answer["ConsumedCapacity"]
        in_table: float = told["Table"]["CapacityUnits"]
        spent.write_units += TRANSACTION_FACTOR * in_table + (told["CapacityUnits"] - in_table)
    return {}


def _not_found(request: Raw, answer: Raw) -> int:
    """The unit for each item that is not there, which DynamoDB Local forgets in a batch.
    https://github.com/awslabs/amazon-dynamodb-tools/issues/25"""
    asked = sum(len(table["Keys"]) for table in request["RequestItems"].values())
    return asked - sum(len(found) for found in answer["Responses"].values())
