"""Every table is declared once, in tables.json; the class that reads and writes it agrees with that."""

from typing import Any

import pytest
from pydantic import ValidationError

from shared.db.registry import TABLES as CLASSES
from shared.db.registry import table_types
from tools.table_declarations import TABLES, TTL_ATTRIBUTE, TableDeclaration


def test_every_declared_table_has_a_class_and_every_class_a_table() -> None:
    assert list(CLASSES) == list(TABLES)
    assert [model.Meta.table_name for model in table_types()] == list(TABLES)


def _key(schema: list[dict[str, str]]) -> dict[str, str]:
    return {key["KeyType"]: key["AttributeName"] for key in schema}


@pytest.mark.parametrize("model", table_types(), ids=lambda model: str(model.Meta.table_name))
def test_a_class_is_what_is_declared(model: Any) -> None:
    declared = TABLES[model.Meta.table_name]
    schema = model._get_schema()

    assert _key(schema["key_schema"]) == _key(declared.key_schema())
    assert {index["index_name"]: _key(index["key_schema"]) for index in schema["global_secondary_indexes"]} == {
        name: _key(index.key_schema()) for name, index in declared.indexes.items()
    }
    assert {index["index_name"]: index["projection"] for index in schema["global_secondary_indexes"]} == {
        name: index.create_request(name)["Projection"] for name, index in declared.indexes.items()
    }
    assert (TTL_ATTRIBUTE in model.get_attributes()) == declared.expires


def test_a_misspelt_declaration_is_refused() -> None:
    with pytest.raises(ValidationError, match="expire"):
        TableDeclaration.model_validate({"hash_key": "roomId", "expire": True})
