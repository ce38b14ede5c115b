"""What all tables have in common: one connection, names and keys.

PynamoDB gives each model a connection, and so a botocore session, of its own; here all models share one.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from shared.aws import deadline, retry
from shared.aws.dynamodb import DynamoDbUnavailable, SignedConnection
from shared.aws.pynamodb_without_botocore import Model, TableConnection
from shared.core import settings

Raw = dict[str, Any]
"""An item, a key or an operation in DynamoDB's own JSON."""


@cache
def connection() -> SignedConnection:
    """The one connection of this process."""
    return SignedConnection()


def table_name(name: str) -> str:
    """The full name of a table: `{project}-{env}-{name}`."""
    return f"{settings.load(settings.TableSettings).table_prefix}-{name}"


TableType = TypeVar("TableType", bound="Table")


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
    def key(cls: type[TableType], hash_key: str, range_key: str | None = None) -> "Key[TableType]":
        """The primary key of an item, for `read`, `check`, `change`, `remove`."""
        return Key(cls, hash_key, range_key)


def _adopt(own: TableConnection) -> SignedConnection:
    shared = connection()
    if own.table_name not in shared._tables:
        shared.add_meta_table(own.get_meta_table())
    return shared


@dataclass(frozen=True)
class Key(Generic[TableType]):
    """One item of one table."""

    model: type[TableType]
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


def wait_for_capacity(operation: str, attempt: int) -> None:
    """Before what DynamoDB left unprocessed is asked for again. Raises DynamoDbUnavailable near the deadline."""
    if deadline.remaining() < 1:
        raise DynamoDbUnavailable(f"{operation}: throttled until the deadline")
    retry.pause(attempt)
