"""What all tables have in common: their connection, their names and their keys."""

from collections.abc import Hashable, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

from pynamodb.attributes import Attribute

from shared.aws.dynamodb import connect
from shared.aws.pynamodb_without_botocore import MetaTable, Model, TableConnection
from shared.core import services
from shared.core.services import Services
from shared.core.settings import TableSettings

Raw = dict[str, Any]
"""An item, a key or an operation in DynamoDB's own JSON."""


TableType = TypeVar("TableType", bound="Table")
_Word = TypeVar("_Word", bound=str)


class WordAttribute(Attribute[_Word]):
    """A string from a closed set: `status: WordAttribute[MemberStatus] = WordAttribute()`."""

    attr_type = "S"


class Table(Model):
    """Base of all tables. `Meta.table_name` is the name without our prefix; `table_name()` is the whole name."""

    @classmethod
    def table_name(cls) -> str:
        """The name in DynamoDB: `{project}-{env}-{name}`."""
        return cls._get_connection().table_name

    @classmethod
    def _get_connection(cls) -> TableConnection:
        return services.current().get(cls._connect)

    @classmethod
    def _connect(cls, services: Services) -> TableConnection:
        """PynamoDB would give each table a connection of its own; ours share the one of the process."""
        name = f"{services.settings(TableSettings).table_prefix}-{cls.Meta.table_name}"
        table = TableConnection.__new__(TableConnection)
        table.table_name = name
        table.connection = services.get(connect)
        table.connection.add_meta_table(_meta_table(name, cls._get_schema()))
        return table

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


def _meta_table(name: str, schema: Mapping[str, Any]) -> MetaTable:
    return MetaTable(
        {
            "TableName": name,
            "KeySchema": schema["key_schema"],
            "AttributeDefinitions": schema["attribute_definitions"],
            "GlobalSecondaryIndexes": [
                {"IndexName": index["index_name"], "KeySchema": index["key_schema"]}
                for index in schema["global_secondary_indexes"]
            ],
        }
    )


class Key(NamedTuple, Generic[TableType]):
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
        return (self.model.table_name(), self.hash_key, self.range_key)
