"""The tables, made from the models in `shared.models`, which are their one definition."""

import importlib
from typing import Any

from pynamodb.constants import PAY_PER_REQUEST_BILLING_MODE


def ensure() -> None:
    """Make the tables that are not there, with indexes, streams and TTL. The functions must be loaded."""
    for model in _models():
        if not model.exists():
            model.create_table(wait=True, billing_mode=PAY_PER_REQUEST_BILLING_MODE)


def _models() -> tuple[Any, ...]:
    models: tuple[Any, ...] = importlib.import_module("shared.models").ALL_MODELS
    return models
