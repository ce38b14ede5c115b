"""Table `connections`: the open WebSocket connections."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex

from shared.db.reads import number, rows, text
from shared.db.table import Table
from shared.db.transactions import Operation, change


class ConnectionsOfUser(GlobalSecondaryIndex["Connection"]):
    """A person's connections, to see and to cap how many they are; nothing that must not be missed rests on it."""

    class Meta:
        index_name = "userId-index"
        projection = AllProjection()

    user_id = UnicodeAttribute(hash_key=True, attr_name="userId")


class Connection(Table):
    """One connection. Times are milliseconds since 1970, `ttl` seconds."""

    class Meta:
        table_name = "connections"

    connection_id = UnicodeAttribute(hash_key=True, attr_name="connectionId")
    user_id = UnicodeAttribute(attr_name="userId")
    username = UnicodeAttribute()
    connected_at = NumberAttribute(attr_name="connectedAt")
    expires_at = NumberAttribute(attr_name="expiresAt")
    room_id = UnicodeAttribute(null=True, attr_name="roomId")
    """The current room: where a command goes that names none."""
    requested_room_id = UnicodeAttribute(null=True, attr_name="requestedRoomId")
    """A room that this connection has asked to join; it becomes the current one once the membership is approved."""
    ttl = NumberAttribute()

    user_index = ConnectionsOfUser()

    @classmethod
    def set_rooms(cls, connection_id: str, user_id: str, room_id: str | None, requested: str | None) -> Operation:
        """Set the current room and the one asked for, unless the connection is gone: it must not come back."""
        actions = [
            attribute.set(value) if value else attribute.remove()
            for attribute, value in ((cls.room_id, room_id), (cls.requested_room_id, requested))
        ]
        return change(cls.key(connection_id), actions, cls.user_id == user_id)

    @classmethod
    def of_user(cls, user_id: str) -> list[str]:
        """The connectionIds of a person's connections, the oldest first; from an index, so it may be a moment old."""
        found = rows(cls, user_id, index_name="userId-index", attributes=["connectionId", "connectedAt"])
        return [text(row, "connectionId") for row in sorted(found, key=lambda row: number(row, "connectedAt"))]
