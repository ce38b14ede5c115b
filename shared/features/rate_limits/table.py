"""Table `allowances`: how much of what one person may do is spent."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from shared.db.table import Key, Table

KEPT_MS = 60 * 60 * 1000
"""Long after any window's end; DynamoDB deletes for nothing, when it comes to it."""


class Allowance(Table):
    """What one person has spent of one allowance in one window of time. A row is never read, only added to."""

    class Meta:
        table_name = "allowances"

    allowance_id = UnicodeAttribute(hash_key=True, attr_name="allowanceId")
    spent = NumberAttribute()
    ttl = NumberAttribute()

    @classmethod
    def of(cls, kind: str, user_id: str, window: int) -> "Key[Allowance]":
        """The row of one person's allowance of this kind; windows are numbered from 1970."""
        return cls.key(f"{kind}#{user_id}#{window}")
