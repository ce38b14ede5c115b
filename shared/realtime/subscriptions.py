"""Table `subscriptions`: which connection listens to which topic."""

from collections.abc import Iterator

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition

from shared.core import clock
from shared.db.reads import number, rows, text
from shared.db.table import Key, Raw, Table
from shared.db.transactions import Operation, put
from shared.realtime.topics import Listener


class Subscription(Table):
    """A connection listens to a topic."""

    class Meta:
        table_name = "subscriptions"

    topic = UnicodeAttribute(hash_key=True)
    connection_id = UnicodeAttribute(range_key=True, attr_name="connectionId")
    user_id = UnicodeAttribute(attr_name="userId")
    expires_at = NumberAttribute(attr_name="expiresAt")
    ttl = NumberAttribute()

    @classmethod
    def listeners(
        cls, topic: str, after: str | None = None, until: str | None = None, page_size: int | None = None
    ) -> Iterator[Listener]:
        """Who listens to a topic now, in order of connectionId, within (after, until] where these are given."""
        for row in rows(
            cls,
            topic,
            range_condition=_within(after, until),
            attributes=["connectionId", "userId", "expiresAt"],
            page_size=page_size,
        ):
            listener = _listener(row)
            if listener.connection_id != after:
                yield listener

    @classmethod
    def others(cls, topic: str, connection_id: str) -> Iterator[Listener]:
        """Who listens to a topic besides one connection."""
        return (listener for listener in cls.listeners(topic) if listener.connection_id != connection_id)

    @classmethod
    def store(cls, topic: str, listener: Listener) -> Operation:
        """Subscribe a connection to a topic, or renew its subscription."""
        return put(
            cls(
                topic,
                listener.connection_id,
                user_id=listener.user_id,
                expires_at=listener.expires_at,
                ttl=clock.as_ttl(listener.expires_at),
            )
        )

    @classmethod
    def keys_of(cls, connection_id: str, topics: Iterator[str]) -> "Iterator[Key[Subscription]]":
        """The keys of one connection's subscriptions to these topics."""
        return (cls.key(topic, connection_id) for topic in topics)


def _within(after: str | None, until: str | None) -> Condition | None:
    if after is not None and until is not None:
        # DynamoDB has no half-open range for keys: `after` itself is read, and passed over above.
        return Subscription.connection_id.between(after, until)
    if after is not None:
        return Subscription.connection_id > after
    if until is not None:
        return Subscription.connection_id <= until
    return None


def _listener(row: Raw) -> Listener:
    return Listener(text(row, "connectionId"), text(row, "userId"), number(row, "expiresAt"))
