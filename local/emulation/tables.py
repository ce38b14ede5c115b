"""The tables of the local stack, as infra/modules/tables/tables.json declares them."""

from mypy_boto3_dynamodb import DynamoDBClient

from local.emulation import aws
from tools.table_declarations import TABLES, TTL_ATTRIBUTE


def ensure(endpoint: str, prefix: str) -> None:
    """Make the tables that are not there, with indexes, streams and TTL."""
    dynamodb: DynamoDBClient = aws.client("dynamodb", endpoint)
    _make_missing(dynamodb, prefix)
    for name, declared in TABLES.items():
        if declared.expires:
            _expire(dynamodb, f"{prefix}-{name}")


def make_anew(endpoint: str, prefix: str) -> None:
    """All of them empty, for tests. Their rows never expire: DynamoDB Local goes on looking for expired rows of
    every table that ever had a TTL, which makes it slower with each set of tables."""
    dynamodb: DynamoDBClient = aws.client("dynamodb", endpoint)
    for table in _names(dynamodb) & {f"{prefix}-{name}" for name in TABLES}:
        dynamodb.delete_table(TableName=table)
        dynamodb.get_waiter("table_not_exists").wait(TableName=table, WaiterConfig={"Delay": 1})
    _make_missing(dynamodb, prefix)


def _make_missing(dynamodb: DynamoDBClient, prefix: str) -> None:
    present = _names(dynamodb)
    for name, declared in TABLES.items():
        table = f"{prefix}-{name}"
        if table not in present:
            dynamodb.create_table(**declared.create_request(table))
            dynamodb.get_waiter("table_exists").wait(TableName=table, WaiterConfig={"Delay": 1})


def _names(dynamodb: DynamoDBClient) -> set[str]:
    pages = dynamodb.get_paginator("list_tables").paginate()
    return {name for page in pages for name in page["TableNames"]}


def _expire(dynamodb: DynamoDBClient, table: str) -> None:
    present = dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
    if present["TimeToLiveStatus"] in ("DISABLED", "DISABLING"):
        dynamodb.update_time_to_live(
            TableName=table, TimeToLiveSpecification={"Enabled": True, "AttributeName": TTL_ATTRIBUTE}
        )
