"""Table `messages`: what was said, in order."""

from collections.abc import Iterator
from typing import Any

from pynamodb.attributes import Attribute, BooleanAttribute, ListAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.expressions.update import Action
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection

from shared.core import clock
from shared.db.reads import number, optional_number, optional_text, rows, text
from shared.db.table import Raw, Table
from shared.db.transactions import Operation, change, put
from shared.features.messages.wire import Reaction, StoredMessage
from shared.features.rooms.table import PeopleAttribute

_TIMESTAMP_DIGITS = 13


class MessagesOfUser(GlobalSecondaryIndex["Message"]):
    """A person's own messages, without reactions and the like. Eventually consistent."""

    class Meta:
        index_name = "userId-index"
        projection = IncludeProjection(
            ["seq", "username", "message", "clientMessageId", "textRev", "editedAt", "deletedAt", "deletedBy", "ttl"]
        )

    user_id = UnicodeAttribute(hash_key=True, attr_name="userId")
    sort_key = UnicodeAttribute(range_key=True, attr_name="sortKey")


Reactions = list[tuple[str, list[str]]]
"""Each emoji with the people who reacted with it. Not a map, which has no order in a table."""


class ReactionsAttribute(Attribute[Reactions]):
    """Who reacted with which emoji."""

    attr_type = "L"

    def serialize(self, value: Reactions) -> list[Raw]:
        """As DynamoDB's lists."""
        return [{"L": [{"S": emoji}, {"L": [{"S": user_id} for user_id in users]}]} for emoji, users in value]

    def deserialize(self, value: list[Raw]) -> Reactions:
        """From DynamoDB's lists."""
        pairs = (pair["L"] for pair in value)
        return [(emoji["S"], [user["S"] for user in users["L"]]) for emoji, users in pairs]


class Message(Table):
    """A message. The timestamp (milliseconds) and the messageId are its sortKey: `timestamp#messageId`."""

    class Meta:
        table_name = "messages"

    room_id = UnicodeAttribute(hash_key=True, attr_name="roomId")
    sort_key = UnicodeAttribute(range_key=True, attr_name="sortKey")
    seq = NumberAttribute()
    user_id = UnicodeAttribute(attr_name="userId")
    username = UnicodeAttribute()
    message = UnicodeAttribute(null=True)
    """The text; a deleted message has none."""
    client_message_id = UnicodeAttribute(null=True, attr_name="clientMessageId")
    rev = NumberAttribute(null=True)
    text_rev = NumberAttribute(null=True, attr_name="textRev")
    edit_ids: ListAttribute[str] = ListAttribute(null=True, attr_name="editIds")
    reactions = ReactionsAttribute(null=True)
    mentions = PeopleAttribute(null=True)
    mentions_room = BooleanAttribute(null=True, attr_name="mentionsRoom")
    reply_to = UnicodeAttribute(null=True, attr_name="replyTo")
    """The sortKey of the message that is quoted; what is in it is read each time, so that no copy outlives it."""
    pinned_at = NumberAttribute(null=True, attr_name="pinnedAt")
    pinned_by = UnicodeAttribute(null=True, attr_name="pinnedBy")
    edits = NumberAttribute(null=True)
    """How many earlier texts have been kept, of which the last 20 still are."""
    edited_at = NumberAttribute(null=True, attr_name="editedAt")
    deleted_at = NumberAttribute(null=True, attr_name="deletedAt")
    deleted_by = UnicodeAttribute(null=True, attr_name="deletedBy")
    ttl = NumberAttribute(null=True)

    user_index = MessagesOfUser()

    @classmethod
    def in_room(
        cls,
        room_id: str,
        *,
        before: str | None = None,
        until: str | None = None,
        after: str | None = None,
        page_size: int,
    ) -> Iterator[StoredMessage]:
        """A room's messages: upwards from after a sortKey; else downwards from before one, from one, or from the end.

        Consistent. What is past its time to live is passed over: DynamoDB deletes it only hours later.
        """
        condition = cls.sort_key > after if after else cls.sort_key < before if before else None
        if until:
            condition = cls.sort_key <= until
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

    @property
    def timestamp(self) -> int:
        """When it was sent, in milliseconds since 1970."""
        return int(self.sort_key[:_TIMESTAMP_DIGITS])

    @property
    def has_expired(self) -> bool:
        """Past its time to live: DynamoDB deletes it only hours later."""
        return self.ttl is not None and int(self.ttl) <= clock.now_ms() // 1000

    def alter(self, attributes: dict[str, Any]) -> Operation:
        """Set attributes, here and in the table; None takes one away. Not if the message has changed since it was read.

        A deleted message is never altered.
        """
        names = self.get_attributes()
        is_unchanged = Message.rev == self.rev if self.rev is not None else Message.rev.does_not_exist()
        actions: list[Action] = []
        for name, value in attributes.items():
            attribute = names[name]
            actions.append(attribute.remove() if value is None else attribute.set(value))
            setattr(self, name, value)
        key = Message.key(self.room_id, self.sort_key)
        return change(key, actions, is_unchanged & Message.deleted_at.does_not_exist())

    def stored(self) -> StoredMessage:
        """The message as it goes on the wire."""
        return as_stored(self.serialize())


def _alive(found: Iterator[Raw]) -> Iterator[StoredMessage]:
    now = clock.now_ms() // 1000
    return (as_stored(row) for row in found if "ttl" not in row or number(row, "ttl") > now)


def _reactions(row: Raw) -> list[Reaction]:
    stored = ReactionsAttribute().deserialize(row["reactions"]["L"])
    return [Reaction(emoji=emoji, users=users) for emoji, users in stored]


def as_stored(row: Raw) -> StoredMessage:
    """A raw item as it goes on the wire: straight, for a page of history holds up to a hundred."""
    sort_key = text(row, "sortKey")
    return StoredMessage(
        room_id=text(row, "roomId"),
        message_id=sort_key[_TIMESTAMP_DIGITS + 1 :],
        client_message_id=optional_text(row, "clientMessageId"),
        user_id=text(row, "userId"),
        username=text(row, "username"),
        message=optional_text(row, "message") or "",
        timestamp=int(sort_key[:_TIMESTAMP_DIGITS]),
        seq=number(row, "seq"),
        sort_key=sort_key,
        rev=optional_number(row, "rev"),
        text_rev=optional_number(row, "textRev"),
        reactions=_reactions(row) if "reactions" in row else None,
        mentions=PeopleAttribute().deserialize(row["mentions"]["L"]) if "mentions" in row else None,
        mentions_room=True if "mentionsRoom" in row else None,
        reply_to=optional_text(row, "replyTo"),
        pinned_at=optional_number(row, "pinnedAt"),
        pinned_by=optional_text(row, "pinnedBy"),
        edits=optional_number(row, "edits"),
        edited_at=optional_number(row, "editedAt"),
        deleted_at=optional_number(row, "deletedAt"),
        deleted_by=optional_text(row, "deletedBy"),
    )
