"""sendMessage and getMessages as a competent user of boto3 writes them: resource, client, threads.

The same guarantees as Parley's: the same consistent reads, one transaction with the same three conditional writes, the
same consistent query of listeners, the same posts, the same reply, one log line. What is rare (a conflict, a retry, a
gone connection) is left out here, in the baseline's favour.
"""

import json
import logging
import time
import uuid
from functools import cache
from typing import Any

import boto3
from boto3.dynamodb.conditions import Key

from tools.bench.posting_with_boto3 import boto3_poster
from tools.bench.surroundings import REGION, TABLE_PREFIX

log = logging.getLogger(__name__)

WEEK_SECONDS = 7 * 24 * 60 * 60
MAX_MESSAGE_BYTES = 8_192
Event = dict[str, Any]


def _table(name: str) -> str:
    return f"{TABLE_PREFIX}-{name}"


class Boto3Chat:
    """Both handlers, with clients that are made once, as outside of the handler in Lambda."""

    def __init__(self, dynamodb_endpoint: str, connections_url: str) -> None:
        self._dynamodb: Any = boto3.resource("dynamodb", endpoint_url=dynamodb_endpoint, region_name=REGION)
        self._client: Any = self._dynamodb.meta.client
        self._subscriptions: Any = self._dynamodb.Table(_table("subscriptions"))
        self._messages: Any = self._dynamodb.Table(_table("messages"))
        self._post = boto3_poster(connections_url)

    def send_message(self, event: Event, _context: Any) -> Event:
        """The handler of sendMessage."""
        person, connection_id, command = _parsed(event)
        text, room_id = command["message"], command["roomId"]
        if not isinstance(text, str) or not text.strip() or len(text.encode()) > MAX_MESSAGE_BYTES:
            raise ValueError("message")
        user_id, client_message_id = person["userId"], command["clientMessageId"]
        receipt_id = f"{room_id}#{user_id}#{client_message_id}"
        found = self._read(
            {
                _table("subscriptions"): [
                    {"topic": f"user:{user_id}", "connectionId": connection_id},
                    {"topic": f"room:{room_id}", "connectionId": connection_id},
                ],
                _table("memberships"): [{"userId": user_id, "roomId": room_id}],
                _table("rooms"): [{"roomId": room_id}],
                _table("receipts"): [{"receiptId": receipt_id}],
            }
        )
        _require(len(found[_table("subscriptions")]) == 2)
        _require(found[_table("memberships")][0]["status"] == "approved")
        _require(not found[_table("receipts")])
        room = found[_table("rooms")][0]
        now = time.time_ns() // 1_000_000
        timestamp = max(now, int(room["lastTimestamp"]) + 1)
        seq = int(room["lastSeq"]) + 1
        message_id = str(uuid.uuid4())
        sort_key = f"{timestamp:013d}#{message_id}"
        message = {
            "roomId": room_id,
            "sortKey": sort_key,
            "seq": seq,
            "userId": user_id,
            "username": person["username"],
            "message": text,
            "clientMessageId": client_message_id,
        }
        answer = {"roomId": room_id, "messageId": message_id, "seq": seq, "sortKey": sort_key, "timestamp": timestamp}
        receipt = {"receiptId": receipt_id, **answer, "ttl": -(-now // 1000) + WEEK_SECONDS}
        self._client.transact_write_items(
            TransactItems=[
                {
                    "Update": {
                        "TableName": _table("rooms"),
                        "Key": {"roomId": room_id},
                        "UpdateExpression": (
                            "SET lastSeq = :seq, lastTimestamp = :timestamp, lastUserId = :user, runSeq = :run"
                        ),
                        "ConditionExpression": "attribute_exists(roomId) AND lastSeq = :read",
                        "ExpressionAttributeValues": {
                            ":seq": seq,
                            ":timestamp": timestamp,
                            ":user": user_id,
                            ":run": seq if room.get("lastUserId") != user_id else room["runSeq"],
                            ":read": room["lastSeq"],
                        },
                    }
                },
                {
                    "Put": {
                        "TableName": _table("messages"),
                        "Item": message,
                        "ConditionExpression": "attribute_not_exists(roomId)",
                    }
                },
                {
                    "Put": {
                        "TableName": _table("receipts"),
                        "Item": receipt,
                        "ConditionExpression": "attribute_not_exists(receiptId)",
                    }
                },
            ]
        )
        pushed = json.dumps({"action": "message", **message, "messageId": message_id, "timestamp": timestamp})
        self._post(self._listeners(f"room:{room_id}", now, connection_id), pushed.encode())
        return _reply({"action": "messageSent", "clientMessageId": client_message_id, **answer})

    def get_messages(self, event: Event, _context: Any) -> Event:
        """The handler of getMessages, for a room and without cursor."""
        person, connection_id, command = _parsed(event)
        user_id, room_id, limit = person["userId"], command["roomId"], command["limit"]
        found = self._read(
            {
                _table("subscriptions"): [
                    {"topic": f"user:{user_id}", "connectionId": connection_id},
                    {"topic": f"room:{room_id}", "connectionId": connection_id},
                ],
                _table("memberships"): [{"userId": user_id, "roomId": room_id}],
                _table("rooms"): [{"roomId": room_id}],
            }
        )
        _require(len(found[_table("subscriptions")]) == 2)
        _require(found[_table("memberships")][0]["status"] == "approved")
        rev = int(found[_table("rooms")][0]["rev"])
        items = self._messages.query(
            KeyConditionExpression=Key("roomId").eq(room_id),
            ScanIndexForward=False,
            ConsistentRead=True,
            Limit=limit + 1,
        )["Items"]
        messages = [
            {
                **item,
                "seq": int(item["seq"]),
                "timestamp": int(item["sortKey"][:13]),
                "messageId": item["sortKey"][14:],
            }
            for item in reversed(items[:limit])
        ]
        return _reply(
            {
                "action": "messageHistory",
                "roomId": room_id,
                "messages": messages,
                "hasMore": len(items) > limit,
                "rev": rev,
            }
        )

    def _read(self, keys: dict[str, list[dict[str, str]]]) -> dict[str, list[dict[str, Any]]]:
        request = {table: {"Keys": wanted, "ConsistentRead": True} for table, wanted in keys.items()}
        found: dict[str, list[dict[str, Any]]] = self._dynamodb.batch_get_item(RequestItems=request)["Responses"]
        return found

    def _listeners(self, topic: str, now: int, but: str) -> list[str]:
        rows = self._subscriptions.query(
            KeyConditionExpression=Key("topic").eq(topic),
            ConsistentRead=True,
            ProjectionExpression="connectionId, userId, expiresAt",
        )["Items"]
        return [row["connectionId"] for row in rows if row["expiresAt"] > now and row["connectionId"] != but]


@cache
def chat(dynamodb_endpoint: str, connections_url: str) -> Boto3Chat:
    """The one of this process."""
    return Boto3Chat(dynamodb_endpoint, connections_url)


def _parsed(event: Event) -> tuple[dict[str, Any], str, dict[str, Any]]:
    context = event["requestContext"]
    return context["authorizer"], context["connectionId"], json.loads(event["body"])


def _require(holds: bool) -> None:
    if not holds:
        raise PermissionError


def _reply(answer: dict[str, Any]) -> Event:
    log.info(json.dumps({"level": "INFO", "message": "command", "outcome": "done"}))
    return {"statusCode": 200, "body": json.dumps(answer)}
