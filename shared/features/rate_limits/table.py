"""Table `allowances`: how much of its limits each person has used."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from shared.db.table import Table
from shared.db.transactions import add_up

KEPT_FOR_MS = 60 * 60 * 1000
"""Long after any window's end. TTL deletes are free but may be late."""


class Allowance(Table):
    """What one person has used of one limit in one window of time. A row is never read, only added to."""

    class Meta:
        table_name = "allowances"

    allowance_id = UnicodeAttribute(hash_key=True, attr_name="allowanceId")
    spent = NumberAttribute()
    ttl = NumberAttribute()

    @classmethod
    def consume(cls, kind: str, user_id: str, window: int, amount: int, *, ttl: int) -> int:
        """Add to what a person has used of a limit in a window (numbered from 1970), and return the sum."""
        return add_up(cls.key(f"{kind}#{user_id}#{window}"), "spent", amount, ttl=ttl)
