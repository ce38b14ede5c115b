"""Table `messages`: what was said, in order."""

from collections.abc import Iterator

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex

from shared.core import clock
from shared.db.reads import number, optional_number, optional_text, rows, text
from shared.db.table import Raw, Table
from shared.db.transactions import Operation, put
from shared.features.messages.wire import StoredMessage

_TIMESTAMP_DIGITS = 13


class MessagesOfUser(GlobalSecondaryIndex["Message"]):
    """A person's own messages. Eventually consistent."""

    class Meta:
        index_name = "userId-index"
        projection = AllProjection()

    user_id = UnicodeAttribute(hash_key=True, attr_name="userId")
    sort_key = UnicodeAttribute(range_key=True, attr_name="sortKey")


class Message(Table):
    """A message. The timestamp (milliseconds) and the messageId are its sortKey: `timestamp#messageId`."""

    class Meta:
        table_name = "messages"

    room_id = UnicodeAttribute(hash_key=True, attr_name="roomId")
    sort_key = UnicodeAttribute(range_key=True, attr_name="sortKey")
    seq = NumberAttribute()
    user_id = UnicodeAttribute(attr_name="userId")
    username = UnicodeAttribute()
    message = UnicodeAttribute()
    client_message_id = UnicodeAttribute(null=True, attr_name="clientMessageId")
    edited_at = NumberAttribute(null=True, attr_name="editedAt")
    deleted_at = NumberAttribute(null=True, attr_name="deletedAt")
    ttl = NumberAttribute(null=True)

    user_index = MessagesOfUser()

    @classmethod
    def in_room(
        cls, room_id: str, *, before: str | None = None, after: str | None = None, page_size: int
    ) -> Iterator[StoredMessage]:
        """A room's messages: upwards from after a sortKey, or else downwards from before one or from the end.

        Consistent. What is past its time to live is passed over: DynamoDB deletes it only hours later.
        """
        condition = cls.sort_key > after if after else cls.sort_key < before if before else None
        found = rows(cls, room_id, range_condition=condition, forward=after is not None, page_size=page_size)
        return _alive(found)

    @classmethod
    def by_user(cls, user_id: str, *, before: str | None = None, page_size: int) -> Iterator[StoredMessage]:
        """A person's own messages, newest first, over all rooms."""
        condition = cls.sort_key < before if before else None
        index = cls.user_index.Meta.index_name
        return _alive(
            rows(cls, user_id, range_condition=condition, index_name=index, forward=False, page_size=page_size)
        )

    def create(self) -> Operation:
        """Store this message, unless there is one with its key."""
        return put(self, Message.room_id.does_not_exist())

    def stored(self) -> StoredMessage:
        """The message as it goes on the wire."""
        return as_stored(self.serialize())


def _alive(found: Iterator[Raw]) -> Iterator[StoredMessage]:
    now = clock.now_ms() // 1000
    return (as_stored(row) for row in found if "ttl" not in row or number(row, "ttl") > now)


def as_stored(row: Raw) -> StoredMessage:
    """A raw item as it goes on the wire: straight, for a page of history holds up to a hundred."""
    sort_key = text(row, "sortKey")
    return StoredMessage(
        room_id=text(row, "roomId"),
        message_id=sort_key[_TIMESTAMP_DIGITS + 1 :],
        client_message_id=optional_text(row, "clientMessageId"),
        user_id=text(row, "userId"),
        username=text(row, "username"),
        message=text(row, "message"),
        timestamp=int(sort_key[:_TIMESTAMP_DIGITS]),
        seq=number(row, "seq"),
        sort_key=sort_key,
        edited_at=optional_number(row, "editedAt"),
        deleted_at=optional_number(row, "deletedAt"),
    )
