"""Creating a room."""

from shared.core import clock, ids, settings
from shared.db import reads, transactions
from shared.db.conflicts import retry_on_conflict
from shared.features.memberships import current_room, room_limit, subscribing
from shared.features.memberships.snapshot import membership_snapshot
from shared.features.memberships.table import Membership
from shared.features.rate_limits import service as rate_limits
from shared.features.receipts.table import KEPT_FOR_MS, Receipt
from shared.features.rooms.table import Room
from shared.features.rooms.wire import CreateRoom, RoomCreated
from shared.identity.callers import Caller
from shared.realtime.outcome import Outcome
from shared.realtime.publication import Publication
from shared.realtime.topics import user_topic


def create(caller: Caller, command: CreateRoom) -> Outcome:
    """Make a room with the caller as admin. The same clientRoomId gives the same room again, for a week.

    Raises RateLimited, Conflict.
    """
    rate_limits.consume_send(caller).require()
    subscribing.ensure_user_subscribed(caller)
    room = retry_on_conflict(lambda: _create_once(caller, command))
    subscribing.reconcile(caller.user_id, room.room_id)
    current_room.set_current(caller, room.room_id)
    created = RoomCreated(room_id=room.room_id, room_name=room.room_name, visibility=room.visibility)
    snapshot = membership_snapshot(caller.user_id, room.room_id)
    return Outcome(created, (Publication(user_topic(caller.user_id), snapshot[0]),) if snapshot else ())


def _create_once(caller: Caller, command: CreateRoom) -> Room:
    receipt_key = Receipt.of_room(caller.user_id, command.client_room_id) if command.client_room_id else None
    if receipt_key:
        receipt = reads.get(receipt_key)
        if receipt is not None:
            first = reads.get(Room.key(receipt.room_id))
            assert first is not None
            return first
    room_limit.require_place(caller.user_id)
    now = clock.now_ms()
    room = Room(
        ids.new_id(),
        room_name=command.room_name,
        admin_user_ids={caller.user_id},
        visibility=command.visibility,
        created_at=now,
        last_timestamp=now,
        retention_days=settings.load(settings.ChatSettings).retention_days,
    )
    membership = Membership(
        caller.user_id, room.room_id, username=caller.username, status="approved", version=1, joined_at=now
    )
    operations = [
        room.create(),
        membership.create(),
    ]
    if receipt_key:
        receipt = Receipt(receipt_key.hash_key, room_id=room.room_id, ttl=clock.as_ttl(now + KEPT_FOR_MS))
        operations.append(receipt.create())
    transactions.write(*operations)
    return room
