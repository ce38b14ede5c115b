"""The tables as they were applied, held against the models that the code reads and writes them by."""

from typing import Any

from local.emulation.tables import TTL_ATTRIBUTE
from tests.infra.account import Account
from tests.infra.report import Failed

PREFIX = "parley-dev"


def as_modelled(account: Account) -> str:
    """Keys, indexes, streams and TTL of every model's table, and no table besides. Raises Failed."""
    from shared.db.registry import table_types

    dynamodb = account.client("dynamodb")
    faults = []
    for model in table_types():
        name = f"{PREFIX}-{model.Meta.table_name}"
        wanted, found = _modelled(model), _applied(dynamodb, name)
        faults += [
            f"{name}: {part} is {found[part]}, the model has {wanted[part]}"
            for part in wanted
            if wanted[part] != found[part]
        ]
    names = {f"{PREFIX}-{model.Meta.table_name}" for model in table_types()}
    others = {name for name in dynamodb.list_tables()["TableNames"] if name.startswith(PREFIX)} - names
    if faults or others:
        raise Failed("\n".join([*faults, *(f"{name} has no model" for name in others)]))
    return f"{len(names)} tables"


def _modelled(model: Any) -> dict[str, Any]:
    schema = model._get_schema()
    types = {each["AttributeName"]: each["AttributeType"] for each in schema["attribute_definitions"]}
    return {
        "key": _key(schema["key_schema"], types),
        "indexes": {
            index["index_name"]: (_key(index["key_schema"], types), index["projection"]["ProjectionType"])
            for index in schema["global_secondary_indexes"]
        },
        "stream": getattr(model.Meta, "stream_view_type", None),
        "ttl": TTL_ATTRIBUTE if TTL_ATTRIBUTE in model.get_attributes() else None,
    }


def _applied(dynamodb: Any, name: str) -> dict[str, Any]:
    table = dynamodb.describe_table(TableName=name)["Table"]
    types = {each["AttributeName"]: each["AttributeType"] for each in table["AttributeDefinitions"]}
    ttl = dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    return {
        "key": _key(table["KeySchema"], types),
        "indexes": {
            index["IndexName"]: (_key(index["KeySchema"], types), index["Projection"]["ProjectionType"])
            for index in table.get("GlobalSecondaryIndexes", [])
        },
        "stream": table.get("StreamSpecification", {}).get("StreamViewType"),
        "ttl": ttl.get("AttributeName") if ttl["TimeToLiveStatus"] in ("ENABLED", "ENABLING") else None,
    }


def _key(schema: list[dict[str, str]], types: dict[str, str]) -> list[tuple[str, str, str]]:
    return sorted((each["KeyType"], each["AttributeName"], types[each["AttributeName"]]) for each in schema)
