"""getMessages as PynamoDB's documentation has it: plain models, their own connections, items turned into dicts."""

import json
import logging
import os
from typing import Any

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from tests.bench.surroundings import REGION, TABLE_PREFIX

log = logging.getLogger(__name__)
Event = dict[str, Any]


class _Subscription(Model):
    class Meta:
        table_name = f"{TABLE_PREFIX}-subscriptions"
        region = REGION
        host = os.environ["DYNAMODB_ENDPOINT"]

    topic = UnicodeAttribute(hash_key=True)
    connection_id = UnicodeAttribute(range_key=True, attr_name="connectionId")
    user_id = UnicodeAttribute(attr_name="userId")
    expires_at = NumberAttribute(attr_name="expiresAt")
    ttl = NumberAttribute()


class _Membership(Model):
    class Meta:
        table_name = f"{TABLE_PREFIX}-memberships"
        region = REGION
        host = os.environ["DYNAMODB_ENDPOINT"]

    user_id = UnicodeAttribute(hash_key=True, attr_name="userId")
    room_id = UnicodeAttribute(range_key=True, attr_name="roomId")
    username = UnicodeAttribute()
    status = UnicodeAttribute()
    version = NumberAttribute()
    last_read_seq = NumberAttribute(attr_name="lastReadSeq")
    joined_at = NumberAttribute(null=True, attr_name="joinedAt")


class _Message(Model):
    class Meta:
        table_name = f"{TABLE_PREFIX}-messages"
        region = REGION
        host = os.environ["DYNAMODB_ENDPOINT"]

    room_id = UnicodeAttribute(hash_key=True, attr_name="roomId")
    sort_key = UnicodeAttribute(range_key=True, attr_name="sortKey")
    seq = NumberAttribute()
    user_id = UnicodeAttribute(attr_name="userId")
    username = UnicodeAttribute()
    message = UnicodeAttribute()
    client_message_id = UnicodeAttribute(null=True, attr_name="clientMessageId")


def get_messages(event: Event, _context: Any) -> Event:
    """The handler of getMessages, for a room and without cursor."""
    context = event["requestContext"]
    command = json.loads(event["body"])
    user_id, room_id, limit = context["authorizer"]["userId"], command["roomId"], command["limit"]
    topics = [(topic, context["connectionId"]) for topic in (f"user:{user_id}", f"room:{room_id}")]
    if len(list(_Subscription.batch_get(topics, consistent_read=True))) < len(topics):
        raise PermissionError
    if _Membership.get(user_id, room_id, consistent_read=True).status != "approved":
        raise PermissionError
    found = list(_Message.query(room_id, consistent_read=True, scan_index_forward=False, limit=limit + 1))
    messages = [
        {
            "roomId": each.room_id,
            "messageId": each.sort_key[14:],
            "clientMessageId": each.client_message_id,
            "userId": each.user_id,
            "username": each.username,
            "message": each.message,
            "timestamp": int(each.sort_key[:13]),
            "seq": each.seq,
            "sortKey": each.sort_key,
        }
        for each in reversed(found[:limit])
    ]
    log.info(json.dumps({"level": "INFO", "message": "command", "outcome": "done"}))
    answer = {"action": "messageHistory", "roomId": room_id, "messages": messages, "hasMore": len(found) > limit}
    return {"statusCode": 200, "body": json.dumps(answer)}
