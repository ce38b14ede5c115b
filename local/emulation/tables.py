"""The tables, made from the models in `shared.db.registry`, which are their one definition."""

import contextvars
import importlib
from typing import Any

from mypy_boto3_dynamodb import DynamoDBClient
from pynamodb.constants import PAY_PER_REQUEST_BILLING_MODE

from local.emulation import aws

SECONDS_PER_TABLE = 60.0

TTL_ATTRIBUTE = "ttl"
"""Of every table whose rows expire. It is a plain number, as a TTLAttribute of PynamoDB would want dates."""


def ensure(endpoint: str) -> None:
    """Make the tables that are not there, with indexes, streams and TTL. The functions must be loaded."""
    dynamodb: DynamoDBClient = aws.client("dynamodb", endpoint)
    models: tuple[Any, ...] = importlib.import_module("shared.db.registry").table_types()
    for model in models:
        # In a context of its own: no invocation may inherit this deadline.
        contextvars.copy_context().run(_make, model)
        if TTL_ATTRIBUTE in model.get_attributes():
            _expire(dynamodb, model.table_name())


def _make(model: Any) -> None:
    importlib.import_module("shared.aws.deadline").set_remaining(SECONDS_PER_TABLE)
    if not model.exists():
        model.create_table(wait=True, billing_mode=PAY_PER_REQUEST_BILLING_MODE)


def _expire(dynamodb: DynamoDBClient, table: str) -> None:
    present = dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
    if present["TimeToLiveStatus"] in ("DISABLED", "DISABLING"):
        dynamodb.update_time_to_live(
            TableName=table, TimeToLiveSpecification={"Enabled": True, "AttributeName": TTL_ATTRIBUTE}
        )
