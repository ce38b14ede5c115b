"""Every table by its name, and where its class is.

The classes are named, not imported: a function loads only the tables that it uses. Tools and tests that
need all of them call `table_types`.
"""

from importlib import import_module
from typing import Any

from shared.db.table import Table

TABLES: dict[str, str] = {
    "connections": "shared.realtime.connections:Connection",
    "subscriptions": "shared.realtime.subscriptions:Subscription",
    "rooms": "shared.features.rooms.table:Room",
    "memberships": "shared.features.memberships.table:Membership",
    "messages": "shared.features.messages.table:Message",
    "changes": "shared.features.changes.table:Change",
    "edits": "shared.features.versions.table:Edit",
    "pins": "shared.features.pins.table:Pin",
    "activity": "shared.features.activity.table:Activity",
    "receipts": "shared.features.receipts.table:Receipt",
    "allowances": "shared.features.rate_limits.table:Allowance",
}
"""By the name in function.yaml: module and class of each table."""


def table_types() -> tuple[type[Table], ...]:
    """Every table's class."""
    return tuple(_load(path) for path in TABLES.values())


def _load(path: str) -> Any:
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)
