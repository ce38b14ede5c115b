"""Table `edits`: the earlier texts of messages that were edited."""

from collections.abc import Iterator

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from shared.core import clock
from shared.db.reads import number, optional_number, rows, text
from shared.db.table import Key, Table
from shared.db.transactions import Operation, put
from shared.features.messages.table import Message
from shared.features.versions.wire import Version
from shared.protocol.limits import MAX_VERSIONS


class Edit(Table):
    """An earlier text of a message. The last 20 are kept: each takes the place of the one 20 before it."""

    class Meta:
        table_name = "edits"

    room_id = UnicodeAttribute(hash_key=True, attr_name="roomId")
    place = UnicodeAttribute(range_key=True)
    """The message's sortKey, and the number of the edit that ended this text, modulo 20."""
    message = UnicodeAttribute()
    text_rev = NumberAttribute(attr_name="textRev")
    """That of this text."""
    at = NumberAttribute()
    """When it was written."""
    ttl = NumberAttribute(null=True)
    """That of the message."""

    @classmethod
    def key_of(cls, room_id: str, sort_key: str, number: int) -> "Key[Edit]":
        """Of the text that edit `number` (the first is 0) has ended."""
        return cls.key(room_id, f"{sort_key}#{number % MAX_VERSIONS:02}")

    @classmethod
    def of(cls, message: Message) -> "Edit":
        """The present text of a message, which is about to be replaced."""
        key = cls.key_of(message.room_id, message.sort_key, int(message.edits or 0))
        return cls(
            key.hash_key,
            key.range_key,
            message=message.message,
            text_rev=message.text_rev or 0,
            at=message.edited_at or message.timestamp,
            ttl=message.ttl,
        )

    @classmethod
    def of_message(cls, room_id: str, sort_key: str) -> Iterator[Version]:
        """The earlier texts of a message; consistent."""
        now = clock.now_ms() // 1000
        for row in rows(cls, room_id, range_condition=cls.place.startswith(f"{sort_key}#")):
            if (optional_number(row, "ttl") or now + 1) > now:
                yield Version(message=text(row, "message"), at=number(row, "at"), text_rev=number(row, "textRev"))

    def store(self) -> Operation:
        """Keep this text."""
        return put(self)


def kept_numbers(edits: int) -> range:
    """The numbers of those edits of a message whose texts are kept."""
    return range(max(0, edits - MAX_VERSIONS), edits)
