"""Every table as it is declared in infra/modules/tables/tables.json.

Terraform reads the same file; what is made from it here are the tables of the local stack and of tests.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

TABLES_FILE = Path(__file__).resolve().parent.parent / "infra" / "modules" / "tables" / "tables.json"

TTL_ATTRIBUTE = "ttl"
"""When an item of a table that expires is to be deleted, in seconds since 1970."""

STREAM_VIEW = "NEW_AND_OLD_IMAGES"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Keyed(_Strict):
    """What has a key. Keys are strings."""

    hash_key: str
    range_key: str | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of its key attributes."""
        return (self.hash_key,) if self.range_key is None else (self.hash_key, self.range_key)

    def key_schema(self) -> list[dict[str, str]]:
        """`KeySchema` of DynamoDB's API."""
        return [
            {"AttributeName": name, "KeyType": kind} for name, kind in zip(self.keys, ("HASH", "RANGE"), strict=False)
        ]


class IndexDeclaration(_Keyed):
    """A global secondary index. A write that changes nothing of what it `includes` costs nothing there."""

    includes: list[str] | None = None
    """The attributes that it holds beside all keys; every attribute of the table where this is left out."""

    def create_request(self, name: str) -> dict[str, Any]:
        """A part of the parameters of `CreateTable`."""
        projection: dict[str, Any] = {"ProjectionType": "ALL"}
        if self.includes is not None:
            projection = {"ProjectionType": "INCLUDE", "NonKeyAttributes": self.includes}
        return {"IndexName": name, "KeySchema": self.key_schema(), "Projection": projection}


class TableDeclaration(_Keyed):
    """A table."""

    expires: bool = False
    """DynamoDB deletes an item some time after its `ttl`."""
    streams: bool = False
    """It has a stream of new and old images."""
    indexes: Mapping[str, IndexDeclaration] = {}

    def create_request(self, table_name: str) -> dict[str, Any]:
        """The parameters of `CreateTable`: an on-demand table of this name."""
        names = sorted({name for keyed in (self, *self.indexes.values()) for name in keyed.keys})
        request: dict[str, Any] = {
            "TableName": table_name,
            "BillingMode": "PAY_PER_REQUEST",
            "KeySchema": self.key_schema(),
            "AttributeDefinitions": [{"AttributeName": name, "AttributeType": "S"} for name in names],
        }
        if self.indexes:
            request["GlobalSecondaryIndexes"] = [index.create_request(name) for name, index in self.indexes.items()]
        if self.streams:
            request["StreamSpecification"] = {"StreamEnabled": True, "StreamViewType": STREAM_VIEW}
        return request


TABLES: Mapping[str, TableDeclaration] = {
    name: TableDeclaration.model_validate(declared)
    for name, declared in json.loads(TABLES_FILE.read_text(encoding="utf-8")).items()
}
"""By the name in function.yaml, without the prefix of the environment."""
