"""Table `activity`: what concerns a person, in the order in which it happened."""

from collections.abc import Iterator

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from shared.core import clock
from shared.db.reads import rows
from shared.db.table import Table, WordAttribute
from shared.db.transactions import Operation, put
from shared.identity.callers import Caller
from shared.protocol.vocabulary import ActivityKind

KEPT_FOR_MS = 30 * 24 * 60 * 60 * 1000


class Activity(Table):
    """Something that concerned a person. Whether it still holds, the message tells."""

    class Meta:
        table_name = "activity"

    user_id = UnicodeAttribute(hash_key=True, attr_name="userId")
    place = UnicodeAttribute(range_key=True)
    """When, in milliseconds since 1970, then which message, and who."""
    kind: WordAttribute[ActivityKind] = WordAttribute()
    room_id = UnicodeAttribute(attr_name="roomId")
    sort_key = UnicodeAttribute(attr_name="sortKey")
    by_user_id = UnicodeAttribute(attr_name="byUserId")
    by_username = UnicodeAttribute(attr_name="byUsername")
    emoji = UnicodeAttribute(null=True)
    ttl = NumberAttribute()

    @property
    def at(self) -> int:
        """When it happened, in milliseconds since 1970."""
        return int(self.place.partition("#")[0])

    @classmethod
    def mention(cls, user_id: str, by: Caller, room_id: str, sort_key: str) -> Operation:
        """Note that a message mentions somebody."""
        return cls._happened(user_id, by, "mention", room_id, sort_key, None)

    @classmethod
    def reaction(cls, user_id: str, by: Caller, room_id: str, sort_key: str, emoji: str) -> Operation:
        """Note that somebody reacted to a message of a person."""
        return cls._happened(user_id, by, "reaction", room_id, sort_key, emoji)

    @classmethod
    def _happened(
        cls, user_id: str, by: Caller, kind: ActivityKind, room_id: str, sort_key: str, emoji: str | None
    ) -> Operation:
        now = clock.now_ms()
        return put(
            cls(
                user_id,
                f"{now:013}#{sort_key}#{by.user_id}",
                kind=kind,
                room_id=room_id,
                sort_key=sort_key,
                by_user_id=by.user_id,
                by_username=by.username,
                emoji=emoji,
                ttl=clock.as_ttl(now + KEPT_FOR_MS),
            )
        )

    @classmethod
    def of_user(cls, user_id: str, *, before: str | None = None, page_size: int) -> "Iterator[Activity]":
        """What concerned a person, the latest first; consistent."""
        condition = cls.place < before if before else None
        now = clock.now_ms() // 1000
        for row in rows(cls, user_id, range_condition=condition, forward=False, page_size=page_size):
            found = cls.from_raw_data(row)
            if found.ttl > now:
                yield found
