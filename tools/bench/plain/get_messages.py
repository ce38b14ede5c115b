"""getMessages."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from tools.bench.plain.edge import Event, caller_of, parsed, reply, require
from tools.bench.plain.models import Membership, Message, Room, Subscription


class GetMessages(BaseModel):
    """The command, for a room and without a cursor."""

    action: Literal["getMessages"]
    room_id: str = Field(alias="roomId", min_length=1, max_length=128)
    limit: int = Field(default=50, ge=1, le=100)


def handler(event: Event, _context: Any) -> Event:
    """A page of a room's history."""
    caller = caller_of(event)
    command = parsed(GetMessages, event)
    topics = [(topic, caller.connection_id) for topic in (f"user:{caller.user_id}", f"room:{command.room_id}")]
    require(len(list(Subscription.batch_get(topics, consistent_read=True))) == len(topics))
    require(Membership.get(caller.user_id, command.room_id, consistent_read=True).status == "approved")
    rev = Room.get(command.room_id, consistent_read=True).rev
    found = list(
        Message.query(command.room_id, consistent_read=True, scan_index_forward=False, limit=command.limit + 1)
    )
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
        for each in reversed(found[: command.limit])
    ]
    return reply(
        {
            "action": "messageHistory",
            "roomId": command.room_id,
            "messages": messages,
            "hasMore": len(found) > command.limit,
            "rev": rev,
        }
    )
