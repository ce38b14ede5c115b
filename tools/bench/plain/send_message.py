"""sendMessage."""

import json
import os
import time
import uuid
from typing import Any, Literal

from pydantic import BaseModel, Field, field_validator
from pynamodb.transactions import TransactWrite

from tools.bench.plain.edge import Event, caller_of, parsed, reply, require
from tools.bench.plain.models import Membership, Message, Receipt, Room, Subscription, database
from tools.bench.posting_with_boto3 import boto3_poster

MAX_MESSAGE_BYTES = 8_192
WEEK_SECONDS = 7 * 24 * 60 * 60

post = boto3_poster(os.environ["PARLEY_CONNECTIONS_URL"])
transactions = database()


class SendMessage(BaseModel):
    """The command."""

    action: Literal["sendMessage"]
    room_id: str = Field(alias="roomId", min_length=1, max_length=128)
    message: str
    client_message_id: str = Field(alias="clientMessageId", min_length=1, max_length=64)

    @field_validator("message")
    @classmethod
    def _fits(cls, text: str) -> str:
        if not text.strip() or len(text.encode()) > MAX_MESSAGE_BYTES:
            raise ValueError("message")
        return text


def handler(event: Event, _context: Any) -> Event:
    """Store a message and push it to the room."""
    caller = caller_of(event)
    command = parsed(SendMessage, event)
    room_id = command.room_id
    topics = [(topic, caller.connection_id) for topic in (f"user:{caller.user_id}", f"room:{room_id}")]
    require(len(list(Subscription.batch_get(topics, consistent_read=True))) == len(topics))
    require(Membership.get(caller.user_id, room_id, consistent_read=True).status == "approved")
    receipt_id = f"{room_id}#{caller.user_id}#{command.client_message_id}"
    require(not list(Receipt.batch_get([receipt_id], consistent_read=True)))
    room = Room.get(room_id, consistent_read=True)
    now = time.time_ns() // 1_000_000
    timestamp = max(now, int(room.last_timestamp) + 1)
    message_id = str(uuid.uuid4())
    answer: dict[str, Any] = {
        "roomId": room_id,
        "messageId": message_id,
        "seq": int(room.last_seq) + 1,
        "sortKey": f"{timestamp:013d}#{message_id}",
        "timestamp": timestamp,
    }
    message = Message(
        room_id,
        answer["sortKey"],
        seq=answer["seq"],
        user_id=caller.user_id,
        username=caller.username,
        message=command.message,
        client_message_id=command.client_message_id,
    )
    receipt = Receipt(
        receipt_id,
        room_id=room_id,
        message_id=message_id,
        seq=answer["seq"],
        sort_key=answer["sortKey"],
        timestamp=timestamp,
        ttl=-(-now // 1000) + WEEK_SECONDS,
    )
    with TransactWrite(connection=transactions, client_request_token=str(uuid.uuid4())) as transaction:
        transaction.update(
            room,
            actions=[
                Room.last_seq.set(answer["seq"]),
                Room.last_timestamp.set(timestamp),
                Room.last_user_id.set(caller.user_id),
                Room.run_seq.set(answer["seq"] if room.last_user_id != caller.user_id else room.run_seq),
            ],
            condition=Room.room_id.exists() & (Room.last_seq == room.last_seq),
        )
        transaction.save(message, condition=Message.room_id.does_not_exist())
        transaction.save(receipt, condition=Receipt.receipt_id.does_not_exist())
    listeners = Subscription.query(
        f"room:{room_id}", consistent_read=True, attributes_to_get=["connectionId", "userId", "expiresAt"]
    )
    others = [
        each.connection_id for each in listeners if each.expires_at > now and each.connection_id != caller.connection_id
    ]
    pushed = {
        "action": "message",
        **answer,
        "userId": caller.user_id,
        "username": caller.username,
        "message": command.message,
        "clientMessageId": command.client_message_id,
    }
    post(others, json.dumps(pushed).encode())
    return reply({"action": "messageSent", "clientMessageId": command.client_message_id, **answer})
