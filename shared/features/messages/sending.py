"""Sending a message: stored exactly once, in one order without gaps, and only then published."""

from shared.core import clock, ids
from shared.core.errors import Conflict, NotFound
from shared.db import reads, transactions
from shared.db.conflicts import retry_on_conflict
from shared.db.transactions import Operation
from shared.features.activity.table import Activity
from shared.features.memberships import current_room, subscribing
from shared.features.memberships.access import require_member, require_role
from shared.features.memberships.table import Membership
from shared.features.messages import mentioning
from shared.features.messages.quoting import with_quote, with_quotes
from shared.features.messages.table import Message
from shared.features.messages.wire import Message as MessageEvent
from shared.features.messages.wire import MessageSent, SendMessage, StoredMessage
from shared.features.rate_limits import service as rate_limits
from shared.features.rate_limits.service import Usage
from shared.features.receipts.table import KEPT_FOR_MS, Receipt
from shared.features.rooms.table import Room
from shared.identity.callers import Caller
from shared.protocol.limits import RESEND_MULTIPLIER
from shared.realtime.outcome import Outcome
from shared.realtime.publication import Publication

DAY_MS = 24 * 60 * 60 * 1000


def send(caller: Caller, command: SendMessage) -> Outcome:
    """Store a message and publish it to its room.

    The same clientMessageId of the same user in the same room is stored once; every later send of it gets the first
    answer, and publishes the message as it is now, even beyond the rate limit (see RESEND_MULTIPLIER). That it mentions
    people is noted in the same transaction. Raises NotFound, Forbidden, RateLimited, Conflict in an archived room,
    BadRequest without a room.
    """
    usage = rate_limits.consume_send(caller)
    if command.client_message_id is None:
        usage.require()
    room_id = command.room_id or current_room.require(caller)
    return retry_on_conflict(lambda: _send_once(caller, command, room_id, usage))


def _send_once(caller: Caller, command: SendMessage, room_id: str, usage: Usage) -> Outcome:
    receipt_key = (
        Receipt.of_send(room_id, caller.user_id, command.client_message_id) if command.client_message_id else None
    )
    original_key = Message.key(room_id, command.reply_to) if command.reply_to is not None else None
    mentioned = mentioning.keys_of(command.mentions, room_id)
    more = (key for key in (receipt_key, original_key) if key is not None)
    found = subscribing.subscribe_and_read(caller, room_id, Room.key(room_id), *more, *mentioned.values())
    room, membership = require_member(found, caller.user_id, room_id)
    receipt = found[receipt_key] if receipt_key else None
    if receipt is not None:
        usage.require(times=RESEND_MULTIPLIER)
        return _answer_again(caller, command, room, receipt)
    usage.require()
    if room.archived_at is not None:
        raise Conflict("the room is archived", "roomArchived", "roomId")
    require_role(room, membership, room.post_rule)
    if command.mentions_room:
        require_role(room, membership, room.mention_rule, "mentionsRoom")
    original = found[original_key] if original_key else None
    if original_key and (original is None or original.has_expired):
        raise NotFound("there is no such message in this room", "messageNotFound", "replyTo")
    members = mentioning.members_of(mentioned, found)
    message = _compose(caller, command, room)
    message.mentions = mentioning.as_mentions(members)
    stored = with_quote(message.stored(), original)
    answer = _answer(stored)
    operations = [
        room.advance(stored.seq, stored.timestamp, caller.user_id, mentions_room=command.mentions_room),
        message.create(),
        *(operation for member in members for operation in _mention(caller, member, stored)),
    ]
    if receipt_key:
        operations.append(_receipt(receipt_key.hash_key, answer))
    transactions.write(*operations)
    return Outcome(answer, _publications(caller, command, room, stored))


def _mention(caller: Caller, member: Membership, stored: StoredMessage) -> tuple[Operation, ...]:
    """Oneself one may mention, and is not told."""
    if member.user_id == caller.user_id:
        return ()
    noted = Activity.mention(member.user_id, caller, stored.room_id, stored.sort_key)
    return (member.mention(stored.seq), noted)


def _compose(caller: Caller, command: SendMessage, room: Room) -> Message:
    """The message that would come next in the room: its time is after the last one's, whatever our clock says."""
    timestamp = max(clock.now_ms(), int(room.last_timestamp) + 1)
    retention_days = int(room.retention_days)
    return Message(
        room.room_id,
        ids.sort_key(timestamp, ids.new_id()),
        seq=int(room.last_seq) + 1,
        user_id=caller.user_id,
        username=caller.username,
        message=command.message,
        client_message_id=command.client_message_id,
        mentions_room=command.mentions_room or None,
        reply_to=command.reply_to,
        ttl=clock.as_ttl(timestamp + retention_days * DAY_MS) if retention_days else None,
    )


def _receipt(receipt_id: str, answer: MessageSent) -> Operation:
    receipt = Receipt(
        receipt_id,
        room_id=answer.room_id,
        message_id=answer.message_id,
        seq=answer.seq,
        sort_key=answer.sort_key,
        timestamp=answer.timestamp,
        ttl=clock.as_ttl(clock.now_ms() + KEPT_FOR_MS),
    )
    return receipt.create()


def _answer_again(caller: Caller, command: SendMessage, room: Room, receipt: Receipt) -> Outcome:
    """The first answer, and the message once more: the first send may have died before it was published."""
    assert receipt.message_id is not None
    assert receipt.sort_key is not None
    message = reads.get(Message.key(receipt.room_id, receipt.sort_key))
    if message is None or message.deleted_at is not None:
        return Outcome(
            MessageSent(
                room_id=receipt.room_id,
                message_id=receipt.message_id,
                client_message_id=command.client_message_id,
                seq=int(receipt.seq or 0),
                sort_key=receipt.sort_key,
                timestamp=int(receipt.timestamp or 0),
            )
        )
    (stored,) = with_quotes([message.stored()])
    return Outcome(_answer(stored), _publications(caller, command, room, stored))


def _answer(stored: StoredMessage) -> MessageSent:
    return MessageSent(
        room_id=stored.room_id,
        message_id=stored.message_id,
        client_message_id=stored.client_message_id,
        seq=stored.seq,
        sort_key=stored.sort_key,
        timestamp=stored.timestamp,
        mentions=stored.mentions,
        mentions_room=stored.mentions_room,
        reply_to=stored.reply_to,
        quoted=stored.quoted,
    )


def _publications(caller: Caller, command: SendMessage, room: Room, stored: StoredMessage) -> tuple[Publication, ...]:
    """The push to the room. The sender's own connection is left out when `messageSent` tells it about its message."""
    skip = caller.connection_id if command.client_message_id else None
    return room.publications(MessageEvent.model_construct(**dict(stored)), skip)
