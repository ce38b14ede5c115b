"""Table `rooms`: a room, its admins and its head."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UnicodeSetAttribute

from shared.db.table import Table


class Room(Table):
    """A room. `lastSeq` and `lastTimestamp` are its head: they only grow, and only with a message."""

    class Meta:
        table_name = "rooms"

    room_id = UnicodeAttribute(hash_key=True, attr_name="roomId")
    room_name = UnicodeAttribute(attr_name="roomName")
    admin_user_ids = UnicodeSetAttribute(attr_name="adminUserIds")
    """At least one, at most 20; changes only together with the membership that it concerns."""
    visibility = UnicodeAttribute()
    kind = UnicodeAttribute(default="group")
    created_at = NumberAttribute(attr_name="createdAt")
    last_seq = NumberAttribute(attr_name="lastSeq", default=0)
    last_timestamp = NumberAttribute(attr_name="lastTimestamp", default=0)
    retention_days = NumberAttribute(attr_name="retentionDays", default=0)
    """How long messages are kept, in days; 0 keeps them."""
