"""Table `memberships`: who stands how in which room."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex

from shared.db.reads import rows
from shared.db.table import Table


class MembersOfRoom(GlobalSecondaryIndex["Membership"]):
    """Member lists and pending requests of a room. Eventually consistent: for showing, never for deciding."""

    class Meta:
        index_name = "roomId-index"
        projection = AllProjection()

    room_id = UnicodeAttribute(hash_key=True, attr_name="roomId")
    status = UnicodeAttribute(range_key=True)


class Membership(Table):
    """A person in a room. The row outlives the membership (`left`), so that `version` never starts anew."""

    class Meta:
        table_name = "memberships"
        stream_view_type = "NEW_AND_OLD_IMAGES"

    user_id = UnicodeAttribute(hash_key=True, attr_name="userId")
    room_id = UnicodeAttribute(range_key=True, attr_name="roomId")
    username = UnicodeAttribute()
    status = UnicodeAttribute()
    """approved, pending, rejected, banned or left."""
    version = NumberAttribute()
    """Grows with every change of status or of being an admin."""
    last_read_seq = NumberAttribute(attr_name="lastReadSeq", default=0)
    joined_at = NumberAttribute(null=True, attr_name="joinedAt")

    room_index = MembersOfRoom()

    @property
    def is_approved(self) -> bool:
        """May read and write."""
        return self.status == "approved"

    @classmethod
    def approved(cls) -> Condition:
        """The condition that a membership is approved."""
        condition: Condition = cls.status == "approved"
        return condition

    @classmethod
    def not_approved(cls) -> Condition:
        """The condition that there is no approved membership."""
        condition: Condition = cls.user_id.does_not_exist() | (cls.status != "approved")
        return condition

    @classmethod
    def count_held_by(cls, user_id: str) -> int:
        """How many rooms a person is in or has asked to join; it may be a moment old."""
        return cls.count(user_id, filter_condition=cls.status.is_in("approved", "pending"))

    @classmethod
    def of_user(cls, user_id: str) -> "list[Membership]":
        """All of a person's memberships whatever their status, in order of roomId; consistent."""
        return [cls.from_raw_data(row) for row in rows(cls, user_id)]
