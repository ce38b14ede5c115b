"""Table `pins`: which messages of a room are pinned."""

from collections.abc import Iterator

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from shared.core import clock
from shared.db.reads import number, rows, text
from shared.db.table import Table
from shared.db.transactions import Operation, put
from shared.features.messages.table import Message


class Pin(Table):
    """A message is pinned: written and removed together with the message's `pinnedAt`."""

    class Meta:
        table_name = "pins"

    room_id = UnicodeAttribute(hash_key=True, attr_name="roomId")
    sort_key = UnicodeAttribute(range_key=True, attr_name="sortKey")
    ttl = NumberAttribute(null=True)
    """That of the message."""

    @classmethod
    def of(cls, message: Message) -> "Pin":
        """The pin of a message."""
        return cls(message.room_id, message.sort_key, ttl=message.ttl)

    @classmethod
    def in_room(cls, room_id: str, *, before: str | None = None) -> Iterator[str]:
        """The sortKeys of the pinned messages, the newest message first; consistent."""
        condition = cls.sort_key < before if before else None
        now = clock.now_ms() // 1000
        for row in rows(cls, room_id, range_condition=condition, forward=False):
            if "ttl" not in row or number(row, "ttl") > now:
                yield text(row, "sortKey")

    def store(self) -> Operation:
        """Pin the message."""
        return put(self)
