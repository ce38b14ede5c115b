"""Every table is declared once, in tables.json; its class in the code agrees with it."""

from typing import Any

import pytest

from shared.db.registry import TABLES as CLASSES
from shared.db.registry import table_types
from tools.function_schema import TABLES

TTL_ATTRIBUTE = "ttl"


def test_every_declared_table_has_a_class_and_every_class_a_table() -> None:
    assert list(CLASSES) == list(TABLES)
    assert [model.Meta.table_name for model in table_types()] == list(TABLES)


def _key(schema: list[dict[str, str]]) -> dict[str, str]:
    names = {"HASH": "hash_key", "RANGE": "range_key"}
    return {names[key["KeyType"]]: key["AttributeName"] for key in schema}


@pytest.mark.parametrize("model", table_types(), ids=lambda model: str(model.Meta.table_name))
def test_a_class_is_what_is_declared(model: Any) -> None:
    schema = model._get_schema()
    modelled = {
        **_key(schema["key_schema"]),
        "indexes": {index["index_name"]: _key(index["key_schema"]) for index in schema["global_secondary_indexes"]},
        "streams": getattr(model.Meta, "stream_view_type", None) == "NEW_AND_OLD_IMAGES",
        "expires": TTL_ATTRIBUTE in model.get_attributes(),
    }

    assert modelled == {"indexes": {}, "streams": False, "expires": False, **TABLES[model.Meta.table_name]}
