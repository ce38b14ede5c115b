"""hello."""

from typing import Any, Literal

from pydantic import BaseModel
from pynamodb.transactions import TransactWrite

from tools.bench.plain.edge import Caller, Event, caller_of, parsed, reply
from tools.bench.plain.models import Membership, Room, Subscription, database


class Hello(BaseModel):
    """The command."""

    action: Literal["hello"]


def handler(event: Event, _context: Any) -> Event:
    """Subscribe the connection to the caller and all their rooms, and tell these; for up to fifty rooms."""
    caller = caller_of(event)
    parsed(Hello, event)
    _subscription(f"user:{caller.user_id}", caller).save()
    memberships = _memberships(caller)
    with TransactWrite(connection=database()) as transaction:
        for each in memberships:
            transaction.condition_check(
                Membership, each.user_id, each.room_id, condition=Membership.status == "approved"
            )
            transaction.save(_subscription(f"room:{each.room_id}", caller))
    memberships = _memberships(caller)
    rooms = {room.room_id: room for room in Room.batch_get([each.room_id for each in memberships], True)}
    return reply(
        {
            "action": "welcome",
            "userId": caller.user_id,
            "username": caller.username,
            "expiresAt": caller.expires_at,
            "rooms": [_summary(each, rooms[each.room_id]) for each in memberships],
            "hasMore": False,
        }
    )


def _memberships(caller: Caller) -> list[Membership]:
    found = Membership.query(caller.user_id, consistent_read=True)
    return [each for each in found if each.status == "approved"]


def _subscription(topic: str, caller: Caller) -> Subscription:
    return Subscription(
        topic,
        caller.connection_id,
        user_id=caller.user_id,
        expires_at=caller.expires_at + 5 * 60_000,
        ttl=caller.ttl,
    )


def _summary(membership: Membership, room: Room) -> Event:
    summary = {
        "roomId": room.room_id,
        "roomName": room.room_name,
        "kind": room.kind,
        "visibility": room.visibility,
        "status": membership.status,
        "version": membership.version,
        "isAdmin": membership.user_id in room.admin_user_ids,
        "isModerator": bool(membership.is_moderator),
        "rules": {"post": room.post_rule, "pin": room.pin_rule, "mentionRoom": room.mention_rule},
        "infoRev": room.info_rev,
        "lastSeq": room.last_seq,
        "lastReadSeq": membership.last_read_seq,
        "lastTimestamp": room.last_timestamp,
        "rev": room.rev,
        "level": membership.level,
        "settingsVersion": membership.settings_version,
    }
    if membership.user_id == room.last_user_id and membership.last_read_seq >= room.run_seq - 1:
        summary.update(lastReadSeq=room.last_seq, markedSeq=membership.last_read_seq)
    if summary["isAdmin"]:
        pending = Membership.room_index.query(room.room_id, Membership.status == "pending")
        summary["pendingCount"] = len(list(pending))
    return summary
