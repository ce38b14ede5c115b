"""The tables, one file each, on one shared connection."""

from shared.models.allowances import Allowance
from shared.models.base import Table
from shared.models.connections import Connection
from shared.models.memberships import Membership
from shared.models.messages import Message
from shared.models.receipts import Receipt
from shared.models.rooms import Room
from shared.models.subscriptions import Subscription

ALL_MODELS: tuple[type[Table], ...] = (
    Connection,
    Subscription,
    Room,
    Membership,
    Message,
    Receipt,
    Allowance,
)

__all__ = [
    "ALL_MODELS",
    "Allowance",
    "Connection",
    "Membership",
    "Message",
    "Receipt",
    "Room",
    "Subscription",
    "Table",
]
