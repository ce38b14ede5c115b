"""Table `changes`: what has been changed in a room, in order, as long as somebody may come back and ask."""

from collections.abc import Iterator
from typing import NamedTuple

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from shared.core import clock
from shared.db.reads import optional_text, rows, text
from shared.db.table import Table, WordAttribute
from shared.db.transactions import Operation, put
from shared.protocol.vocabulary import ChangeKind

KEPT_FOR_MS = 30 * 24 * 60 * 60 * 1000
"""Who was away for longer reads the room afresh."""

_DIGITS = 12
"""Sort keys are compared as text: every `rev` has this many digits."""


class ChangeEntry(NamedTuple):
    """One entry of the log: which message the change with this `rev` was about; None: the room itself."""

    rev: int
    sort_key: str | None


class Change(Table):
    """One change of a room. The entries of a room are numbered 1, 2, 3, … without a gap, until the oldest expire."""

    class Meta:
        table_name = "changes"

    room_id = UnicodeAttribute(hash_key=True, attr_name="roomId")
    rev = UnicodeAttribute(range_key=True)
    kind: WordAttribute[ChangeKind] = WordAttribute()
    sort_key = UnicodeAttribute(attr_name="sortKey", null=True)
    """The message that was changed; a change of the room itself has none."""
    user_id = UnicodeAttribute(attr_name="userId")
    """Who changed it."""
    at = NumberAttribute()
    ttl = NumberAttribute()

    @classmethod
    def range_key_of(cls, rev: int) -> str:
        """A `rev` as it stands in the table."""
        return f"{rev:0{_DIGITS}}"

    @classmethod
    def between(cls, room_id: str, after: int, until: int) -> Iterator[ChangeEntry]:
        """The entries above `after` up to and including `until`, in order; consistent."""
        wanted = cls.rev.between(cls.range_key_of(after + 1), cls.range_key_of(until))
        for row in rows(cls, room_id, range_condition=wanted, attributes=["rev", "sortKey"]):
            yield ChangeEntry(int(text(row, "rev")), optional_text(row, "sortKey"))

    @classmethod
    def entry(cls, room_id: str, rev: int, kind: ChangeKind, user_id: str, sort_key: str | None = None) -> Operation:
        """Log a change by somebody, unless the room has one with its `rev`."""
        now = clock.now_ms()
        row = cls(
            room_id,
            cls.range_key_of(rev),
            kind=kind,
            sort_key=sort_key,
            user_id=user_id,
            at=now,
            ttl=clock.as_ttl(now + KEPT_FOR_MS),
        )
        return row.create()

    def create(self) -> Operation:
        """Store this entry, unless the room has one with its `rev`."""
        return put(self, Change.room_id.does_not_exist())
