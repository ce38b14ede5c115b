"""All that a client shows of its state, as the history has it."""

from tests.chaos.client.errors import Frame
from tests.chaos.client.room_list import may_moderate, unread
from tests.chaos.client.state import State
from tests.chaos.history import Entry, RoomView


def shown(state: State) -> dict[str, RoomView]:
    """Every room, by roomId."""
    return {room_id: _room(state, room) for room_id, room in state.rooms.rooms.items()}


def _room(state: State, room: Frame) -> RoomView:
    window = state.timelines.windows.get(room["roomId"])
    members = state.members.lists.get(room["roomId"], {})
    return RoomView(
        status=room["status"],
        version=room["version"],
        is_admin=room["isAdmin"],
        last_seq=room["lastSeq"],
        last_read_seq=room["lastReadSeq"],
        unread=unread(room),
        members={
            user_id: member["status"]
            for user_id, member in members.items()
            if member["status"] == "approved" or may_moderate(room)
        },
        timeline=[_entry(message) for message in (window.messages if window else ())],
        name=room["roomName"],
        is_archived=room.get("archivedAt") is not None,
        mentions=list(room.get("mentions", ())) if room["status"] == "approved" else [],
    )


def _entry(message: Frame) -> Entry:
    return Entry(
        message_id=message["messageId"],
        seq=message["seq"],
        sort_key=message["sortKey"],
        user_id=message["userId"],
        text=message["message"],
        rev=message.get("rev", 0),
        is_deleted="deletedAt" in message,
        reactions=[[each["emoji"], *each["users"]] for each in message.get("reactions", [])],
        mentions=[each["userId"] for each in message.get("mentions", [])],
        is_pinned="pinnedAt" in message,
    )
