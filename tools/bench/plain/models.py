"""The tables as PynamoDB's documentation has it: each model makes a connection of its own."""

import os

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute, UnicodeSetAttribute
from pynamodb.connection import Connection as DynamoDb
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from tools.bench.surroundings import REGION, TABLE_PREFIX

HOST = os.environ["DYNAMODB_ENDPOINT"]


def database() -> DynamoDb:
    """A connection for transactions, which PynamoDB wants to be given."""
    return DynamoDb(region=REGION, host=HOST)


class Connection(Model):
    """An open WebSocket connection."""

    class Meta:
        table_name = f"{TABLE_PREFIX}-connections"
        region = REGION
        host = HOST

    connection_id = UnicodeAttribute(hash_key=True, attr_name="connectionId")
    user_id = UnicodeAttribute(attr_name="userId")
    username = UnicodeAttribute()
    connected_at = NumberAttribute(attr_name="connectedAt")
    expires_at = NumberAttribute(attr_name="expiresAt")
    ttl = NumberAttribute()


class Subscription(Model):
    """A connection listens to a topic."""

    class Meta:
        table_name = f"{TABLE_PREFIX}-subscriptions"
        region = REGION
        host = HOST

    topic = UnicodeAttribute(hash_key=True)
    connection_id = UnicodeAttribute(range_key=True, attr_name="connectionId")
    user_id = UnicodeAttribute(attr_name="userId")
    expires_at = NumberAttribute(attr_name="expiresAt")
    ttl = NumberAttribute()


class Room(Model):
    """A room with its admins and its head."""

    class Meta:
        table_name = f"{TABLE_PREFIX}-rooms"
        region = REGION
        host = HOST

    room_id = UnicodeAttribute(hash_key=True, attr_name="roomId")
    room_name = UnicodeAttribute(attr_name="roomName")
    admin_user_ids = UnicodeSetAttribute(attr_name="adminUserIds")
    visibility = UnicodeAttribute()
    kind = UnicodeAttribute(default="group")
    created_at = NumberAttribute(attr_name="createdAt")
    last_seq = NumberAttribute(attr_name="lastSeq", default=0)
    last_timestamp = NumberAttribute(attr_name="lastTimestamp", default=0)
    retention_days = NumberAttribute(attr_name="retentionDays", default=0)
    post_rule = UnicodeAttribute(attr_name="postRule", default="everyone")
    pin_rule = UnicodeAttribute(attr_name="pinRule", default="everyone")
    mention_rule = UnicodeAttribute(attr_name="mentionRule", default="moderators")
    info_rev = NumberAttribute(attr_name="infoRev", default=0)
    rev = NumberAttribute(default=0)
    last_user_id = UnicodeAttribute(null=True, attr_name="lastUserId")
    run_seq = NumberAttribute(attr_name="runSeq", default=0)


class MembersOfRoom(GlobalSecondaryIndex["Membership"]):
    """The people of a room."""

    class Meta:
        index_name = "roomId-index"
        projection = AllProjection()
        region = REGION
        host = HOST

    room_id = UnicodeAttribute(hash_key=True, attr_name="roomId")
    status = UnicodeAttribute(range_key=True)


class Membership(Model):
    """A person in a room."""

    class Meta:
        table_name = f"{TABLE_PREFIX}-memberships"
        region = REGION
        host = HOST

    user_id = UnicodeAttribute(hash_key=True, attr_name="userId")
    room_id = UnicodeAttribute(range_key=True, attr_name="roomId")
    username = UnicodeAttribute()
    status = UnicodeAttribute()
    version = NumberAttribute()
    is_moderator = BooleanAttribute(null=True, attr_name="isModerator")
    last_read_seq = NumberAttribute(attr_name="lastReadSeq", default=0)
    joined_at = NumberAttribute(null=True, attr_name="joinedAt")
    level = UnicodeAttribute(default="all")
    settings_version = NumberAttribute(attr_name="settingsVersion", default=0)

    room_index = MembersOfRoom()


class Message(Model):
    """A message."""

    class Meta:
        table_name = f"{TABLE_PREFIX}-messages"
        region = REGION
        host = HOST

    room_id = UnicodeAttribute(hash_key=True, attr_name="roomId")
    sort_key = UnicodeAttribute(range_key=True, attr_name="sortKey")
    seq = NumberAttribute()
    user_id = UnicodeAttribute(attr_name="userId")
    username = UnicodeAttribute()
    message = UnicodeAttribute()
    client_message_id = UnicodeAttribute(null=True, attr_name="clientMessageId")


class Receipt(Model):
    """The answer to a send."""

    class Meta:
        table_name = f"{TABLE_PREFIX}-receipts"
        region = REGION
        host = HOST

    receipt_id = UnicodeAttribute(hash_key=True, attr_name="receiptId")
    room_id = UnicodeAttribute(attr_name="roomId")
    message_id = UnicodeAttribute(attr_name="messageId")
    seq = NumberAttribute()
    sort_key = UnicodeAttribute(attr_name="sortKey")
    timestamp = NumberAttribute()
    ttl = NumberAttribute()
