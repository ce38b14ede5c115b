"""The tables as they were applied, held against their declaration, which Terraform reads by a language of its own."""

from typing import Any

from tests.infra.account import Account
from tests.infra.report import Failed
from tools.table_declarations import TABLES, TTL_ATTRIBUTE, TableDeclaration

PREFIX = "parley-dev"


def as_declared(account: Account) -> str:
    """Keys, indexes, streams and TTL of every table, and no table besides. Raises Failed."""
    dynamodb = account.client("dynamodb")
    faults = []
    for table, declared in TABLES.items():
        name = f"{PREFIX}-{table}"
        wanted, found = _declared(declared), _applied(dynamodb, name)
        faults += [
            f"{name}: {part} is {found[part]}, declared is {wanted[part]}"
            for part in wanted
            if wanted[part] != found[part]
        ]
    names = {f"{PREFIX}-{table}" for table in TABLES}
    others = {name for name in dynamodb.list_tables()["TableNames"] if name.startswith(PREFIX)} - names
    if faults or others:
        raise Failed("\n".join([*faults, *(f"{name} is not declared" for name in others)]))
    return f"{len(names)} tables"


def _declared(declared: TableDeclaration) -> dict[str, Any]:
    return {**_parts(declared.create_request("")), "ttl": TTL_ATTRIBUTE if declared.expires else None}


def _applied(dynamodb: Any, name: str) -> dict[str, Any]:
    ttl = dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    return {
        **_parts(dynamodb.describe_table(TableName=name)["Table"]),
        "ttl": ttl.get("AttributeName") if ttl["TimeToLiveStatus"] in ("ENABLED", "ENABLING") else None,
    }


def _parts(table: dict[str, Any]) -> dict[str, Any]:
    """What a request and a description of a table have in common."""
    types = {attribute["AttributeName"]: attribute["AttributeType"] for attribute in table["AttributeDefinitions"]}
    return {
        "key": _key(table["KeySchema"], types),
        "indexes": {
            index["IndexName"]: (_key(index["KeySchema"], types), index["Projection"]["ProjectionType"])
            for index in table.get("GlobalSecondaryIndexes", [])
        },
        "stream": table.get("StreamSpecification", {}).get("StreamViewType"),
    }


def _key(schema: list[dict[str, str]], types: dict[str, str]) -> list[tuple[str, str, str]]:
    return sorted((key["KeyType"], key["AttributeName"], types[key["AttributeName"]]) for key in schema)
