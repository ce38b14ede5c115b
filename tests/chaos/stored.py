"""What is in the tables, the queues and the gateway, read past the product."""

import time
from collections.abc import Iterator
from typing import Any

from local.emulation import aws, queues
from local.gateway.connections import Connections
from local.stack import LocalStack
from tests.chaos.history import StoredChange, StoredMembership, StoredMessage, StoredRoom, StoredSubscription, Tables

_QUEUE = "fan-out"
_COUNTS = (
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
)


class Stored:
    """Of one running stack."""

    def __init__(self, stack: LocalStack, sqs_endpoint: str) -> None:
        self._prefix = stack.variables["PARLEY_TABLE_PREFIX"]
        self._dynamodb: Any = aws.client("dynamodb", stack.variables["DYNAMODB_ENDPOINT"])
        self._sqs: Any = aws.client("sqs", sqs_endpoint)
        self._queue = queues.url(sqs_endpoint, self._prefix, _QUEUE)

    def queued(self, dead_letters: bool = False) -> int:
        """How many entries wait, are being worked on, or are not due yet."""
        url = self._queue + "-dead-letter" if dead_letters else self._queue
        attributes = self._sqs.get_queue_attributes(QueueUrl=url, AttributeNames=list(_COUNTS))["Attributes"]
        return sum(int(attributes[name]) for name in _COUNTS)

    def tables(self, connections: Connections) -> Tables:
        """Everything."""
        return Tables(
            now=time.time_ns() // 1_000_000,
            open_connections=[connection.id for connection in connections.all()],
            connections=[row["connectionId"] for row in self._rows("connections")],
            queued=self.queued(),
            dead_letters=self.queued(dead_letters=True),
            rooms=[
                StoredRoom(
                    row["roomId"],
                    int(row["lastSeq"]),
                    sorted(row.get("adminUserIds", ())),
                    row["kind"] == "ended",
                    int(row["rev"]),
                    row.get("lastUserId", ""),
                    int(row["runSeq"]),
                    [user_id for user_id, _ in _pairs(row["people"], "S")] if "people" in row else None,
                )
                for row in self._rows("rooms")
            ],
            memberships=[
                StoredMembership(
                    row["roomId"], row["userId"], row["status"], int(row["version"]), int(row["lastReadSeq"])
                )
                for row in self._rows("memberships")
            ],
            messages=[
                StoredMessage(
                    room_id=row["roomId"],
                    message_id=row["sortKey"].partition("#")[2],
                    seq=int(row["seq"]),
                    sort_key=row["sortKey"],
                    user_id=row["userId"],
                    client_message_id=row.get("clientMessageId"),
                    text=row.get("message", ""),
                    rev=int(row.get("rev", 0)),
                    is_deleted="deletedAt" in row,
                    reactions=_pairs(row.get("reactions", []), "L"),
                    mentions=[user_id for user_id, _ in _pairs(row.get("mentions", []), "S")],
                    is_pinned="pinnedAt" in row,
                )
                for row in self._rows("messages")
            ],
            changes=[
                StoredChange(row["roomId"], int(row["rev"]), row.get("sortKey", ""), row["userId"], row["kind"])
                for row in self._rows("changes")
            ],
            pins=[[row["roomId"], row["sortKey"]] for row in self._rows("pins")],
            versions=[[row["roomId"], row["place"].rpartition("#")[0]] for row in self._rows("edits")],
            subscriptions=[
                StoredSubscription(
                    row["topic"], row["connectionId"], row["userId"], int(row["expiresAt"]), int(row["ttl"])
                )
                for row in self._rows("subscriptions")
            ],
        )

    def _rows(self, table: str) -> Iterator[dict[str, Any]]:
        pages = self._dynamodb.get_paginator("scan").paginate(TableName=f"{self._prefix}-{table}", ConsistentRead=True)
        for page in pages:
            for item in page["Items"]:
                yield {name: next(iter(value.values())) for name, value in item.items()}


def _pairs(pairs: list[dict[str, Any]], kind: str) -> list[list[str]]:
    """Each emoji with who reacted with it ("L"), or each userId with a name ("S")."""
    found = []
    for pair in pairs:
        first, second = pair["L"]
        found.append([first["S"], *((each["S"] for each in second["L"]) if kind == "L" else [second["S"]])])
    return found
