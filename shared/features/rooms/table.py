"""Table `rooms`: a room, its admins and its head."""

from collections.abc import Iterable

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UnicodeSetAttribute

from shared.db.table import Table, WordAttribute
from shared.db.transactions import Operation, change, put
from shared.protocol.vocabulary import Visibility


class Room(Table):
    """A room. `lastSeq` and `lastTimestamp` are its head: they only grow, and only with a message."""

    class Meta:
        table_name = "rooms"

    room_id = UnicodeAttribute(hash_key=True, attr_name="roomId")
    room_name = UnicodeAttribute(attr_name="roomName")
    admin_user_ids = UnicodeSetAttribute(attr_name="adminUserIds")
    """At least one, at most 20; changes only together with the membership that it concerns."""
    visibility: WordAttribute[Visibility] = WordAttribute()
    kind = UnicodeAttribute(default="group")
    """`ended`: its only member left. Nobody can join, and nobody who is no member sees it any more."""
    created_at = NumberAttribute(attr_name="createdAt")
    last_seq = NumberAttribute(attr_name="lastSeq", default=0)
    last_timestamp = NumberAttribute(attr_name="lastTimestamp", default=0)
    last_user_id = UnicodeAttribute(null=True, attr_name="lastUserId")
    """Who wrote the last message."""
    run_seq = NumberAttribute(attr_name="runSeq", default=0)
    """The first of the messages at the end that they wrote in a row."""
    rev = NumberAttribute(default=0)
    """How many changes there have been to the room's messages: it only grows, and only with an entry in `changes`."""
    retention_days = NumberAttribute(attr_name="retentionDays", default=0)
    """How long messages are kept, in days; 0 keeps them."""

    @property
    def has_ended(self) -> bool:
        """Whether its only member has left it."""
        return self.kind == "ended"

    def create(self) -> Operation:
        """Store this new room, unless one has its id."""
        return put(self, Room.room_id.does_not_exist())

    def advance(self, seq: int, timestamp: int, user_id: str) -> Operation:
        """Move the head to the message after the last one, unless it has moved since this room was read."""
        actions = [Room.last_seq.set(seq), Room.last_timestamp.set(timestamp)]
        if user_id != self.last_user_id:
            actions += [Room.last_user_id.set(user_id), Room.run_seq.set(seq)]
        return change(Room.key(self.room_id), actions, Room.last_seq == self.last_seq)

    def read_by(self, user_id: str, last_read_seq: int) -> int:
        """How far somebody has read who has marked it read so far: what one wrote oneself is not new to one."""
        is_own_end = user_id == self.last_user_id and last_read_seq >= self.run_seq - 1
        return int(self.last_seq) if is_own_end else last_read_seq

    def count_change(self) -> Operation:
        """Count one more change, unless there has been another one since this room was read."""
        return change(Room.key(self.room_id), [Room.rev.set(self.rev + 1)], Room.rev == self.rev)

    def end(self) -> Operation:
        """Close the room for good, unless its admins have changed since it was read."""
        return change(Room.key(self.room_id), [Room.kind.set("ended")], Room.admin_user_ids == self.admin_user_ids)

    def replace_admins(self, user_ids: Iterable[str]) -> Operation:
        """Set the admins, unless they have changed since this room was read."""
        actions = [Room.admin_user_ids.set(set(user_ids))]
        return change(Room.key(self.room_id), actions, Room.admin_user_ids == self.admin_user_ids)
