"""Table `receipts`: the first answer to a command that may come again."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from shared.db.table import Key, Table
from shared.db.transactions import Operation, put

KEPT_FOR_MS = 7 * 24 * 60 * 60 * 1000
"""A week. Clients stop resending after six days, so that no receipt is missed."""


class Receipt(Table):
    """The answer that was given, for giving it again. For a room that was made, only `roomId` is set."""

    class Meta:
        table_name = "receipts"

    receipt_id = UnicodeAttribute(hash_key=True, attr_name="receiptId")
    room_id = UnicodeAttribute(attr_name="roomId")
    message_id = UnicodeAttribute(null=True, attr_name="messageId")
    seq = NumberAttribute(null=True)
    sort_key = UnicodeAttribute(null=True, attr_name="sortKey")
    timestamp = NumberAttribute(null=True)
    ttl = NumberAttribute()

    def create(self) -> Operation:
        """Store this receipt, unless there is one."""
        return put(self, Receipt.receipt_id.does_not_exist())

    @classmethod
    def of_send(cls, room_id: str, user_id: str, client_message_id: str) -> "Key[Receipt]":
        """The receipt of one sendMessage, whichever device it came from. Only the last part may hold a `#`."""
        return cls.key(f"{room_id}#{user_id}#{client_message_id}")

    @classmethod
    def of_room(cls, user_id: str, client_room_id: str) -> "Key[Receipt]":
        """The receipt of one createRoom. No room has the id `createRoom`, so a send never has this key."""
        return cls.key(f"createRoom#{user_id}#{client_room_id}")
