"""Rooms, people and messages that are stored directly: what lies beside a measured command, or below it."""

import time
from collections.abc import Iterator

from shared.core import ids
from shared.db import transactions
from shared.db.table import Table
from shared.features.memberships.table import Membership
from shared.features.messages.table import Message
from shared.features.rooms.table import Room
from shared.realtime.connections import Connection
from shared.realtime.subscriptions import Subscription
from shared.realtime.topics import room_topic, user_topic
from tests.support import tables
from tools.bench.world import HOUR_MS, TEXT

MEMBERS = 10
MESSAGES = 20


def crowd(room_id: str, count: int) -> None:
    """So many connections that listen to a room."""
    tables.store(_subscription(room_topic(room_id), f"crowd{number}", number) for number in range(count))


def history(room_id: str, count: int) -> None:
    """So many messages in a room that has none yet, its head in line with them."""
    start = _now() - count
    tables.store(_message(room_id, "crowd0", start + seq, seq) for seq in range(1, count + 1))
    head = [Room.last_seq.set(count), Room.last_timestamp.set(start + count)]
    transactions.write(transactions.change(Room.key(room_id), head, Room.last_seq == 0))


def neighbours(rooms: int) -> None:
    """So many rooms of others, each with ten members on one connection each, and twenty messages."""
    tables.store(row for _ in range(rooms) for row in _neighbour())


def _neighbour() -> Iterator[Table]:
    room_id, now = ids.new_id(), _now()
    end = now + HOUR_MS
    people = [f"neighbour-{ids.new_id()}" for _ in range(MEMBERS)]
    yield Room(
        room_id,
        room_name="Next door",
        admin_user_ids={people[0]},
        visibility="open",
        created_at=now,
        last_seq=MESSAGES,
        last_timestamp=now + MESSAGES,
    )
    for number, user_id in enumerate(people):
        connection_id = f"{room_id[:10]}{number}MCIjg="
        yield Connection(
            connection_id, user_id=user_id, username="neighbour", connected_at=now, expires_at=end, ttl=end // 1000
        )
        yield Membership(user_id, room_id, username="neighbour", status="approved", version=1, joined_at=now)
        for topic in (user_topic(user_id), room_topic(room_id)):
            yield Subscription(topic, connection_id, user_id=user_id, expires_at=end, ttl=end // 1000)
    for seq in range(1, MESSAGES + 1):
        yield _message(room_id, people[seq % MEMBERS], now + seq, seq)


def _subscription(topic: str, user_id: str, number: int) -> Subscription:
    end = _now() + HOUR_MS
    return Subscription(topic, f"{number:011d}MCIjg=", user_id=user_id, expires_at=end, ttl=end // 1000)


def _message(room_id: str, user_id: str, timestamp: int, seq: int) -> Message:
    return Message(
        room_id,
        ids.sort_key(timestamp, ids.new_id()),
        seq=seq,
        user_id=user_id,
        username="someone",
        message=TEXT,
        client_message_id=ids.new_id(),
    )


def _now() -> int:
    return time.time_ns() // 1_000_000
